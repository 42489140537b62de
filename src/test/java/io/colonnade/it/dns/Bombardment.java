package io.colonnade.it.dns;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Message;

/** Sends mutated messages to a name server and looks at everything that comes back. */
final class Bombardment {
    /** So many fit into the socket's buffers, and into a connection. */
    private static final int DATAGRAMS_AT_ONCE = 64;

    private static final int MESSAGES_OF_A_CONNECTION = 5;
    private static final int FAULTS_KEPT = 20;
    private static final int LARGEST_DATAGRAM = 1232;
    private static final int PATIENCE_MILLIS = 10_000;

    private final InetSocketAddress server;
    private final Mutations mutations;
    private final List<String> faults = new ArrayList<>();
    private int sent;
    private int replies;
    private int connections;

    Bombardment(InetSocketAddress server, Mutations mutations) {
        this.server = server;
        this.mutations = mutations;
    }

    List<String> faults() {
        return faults;
    }

    int replies() {
        return replies;
    }

    /** Sends them a few at a time; after each few the server must answer a query that is as it should be. */
    void datagrams(int count) throws IOException {
        try (var channel = DatagramChannel.open()) {
            channel.connect(server);
            channel.socket().setSoTimeout(PATIENCE_MILLIS);
            for (var left = count; left > 0; left -= DATAGRAMS_AT_ONCE) {
                exchange(channel, Math.min(left, DATAGRAMS_AT_ONCE));
            }
        }
    }

    private void exchange(DatagramChannel channel, int count) throws IOException {
        var waiting = new HashMap<Integer, byte[]>();
        for (var id = 0; id < count; id++) {
            var message = mutations.next(id);
            waiting.put(id, message);
            channel.write(ByteBuffer.wrap(message));
        }
        sent += count;
        var last = DnsQuestion.of("www.zone.test AAAA").encode(count, new byte[0]);
        channel.write(ByteBuffer.wrap(last));
        for (var reply = receive(channel); DnsClient.id(reply) != count; reply = receive(channel)) {
            check(reply, waiting);
        }
    }

    private static byte[] receive(DatagramChannel channel) throws IOException {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        channel.socket().receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    /** Sends them over connections, some at a time, and each time takes all that comes until the server closes the connection. */
    void streams(int count) throws IOException {
        for (var left = count; left > 0; left -= MESSAGES_OF_A_CONNECTION) {
            stream(Math.min(left, MESSAGES_OF_A_CONNECTION));
        }
    }

    private void stream(int count) throws IOException {
        var out = new ByteArrayOutputStream();
        for (var id = 0; id < count; id++) {
            out.writeBytes(mutations.frame(mutations.next(id)));
        }
        sent += count;
        connections++;
        var octets = out.toByteArray();
        var received = converse(octets);
        var in = new DataInputStream(new ByteArrayInputStream(received));
        try {
            while (in.available() > 0) {
                // After a lie about its length it is not known what the server took for a message: only the form can be
                // looked at.
                var unused = new Message(in.readNBytes(in.readUnsignedShort()));
                replies++;
            }
        } catch (IOException malformed) {
            fault(malformed.toString(), octets, received);
        }
    }

    private byte[] converse(byte[] octets) throws IOException {
        var received = new ByteArrayOutputStream();
        try (var socket = new Socket()) {
            socket.connect(server, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(octets);
            socket.shutdownOutput();
            socket.getInputStream().transferTo(received);
        } catch (SocketException reset) {
            // The server closed the connection before it had taken everything, which it may.
        }
        return received.toByteArray();
    }

    /** A reply to one of those datagrams. */
    private void check(byte[] reply, Map<Integer, byte[]> waiting) {
        replies++;
        var message = waiting.remove(DnsClient.id(reply));
        if (message == null) {
            fault("a reply to no message, or a second one to one", new byte[0], reply);
            return;
        }
        try {
            var irregular = new DnsReply(message, reply).irregularities(DnsTransport.UDP);
            if (!irregular.isEmpty() || reply.length > LARGEST_DATAGRAM) {
                fault(irregular + " " + reply.length + " octets", message, reply);
            }
        } catch (IOException malformed) {
            fault(malformed.toString(), message, reply);
        }
    }

    private void fault(String what, byte[] message, byte[] reply) {
        if (faults.size() < FAULTS_KEPT) {
            faults.add(what + "\n  message " + HexFormat.of().formatHex(message) + "\n  reply   "
                    + HexFormat.of().formatHex(reply));
        }
    }

    @Override
    public String toString() {
        return sent + " messages, " + connections + " connections, " + replies + " replies, " + faults.size()
                + " faults";
    }
}
