package io.colonnade.it.dns;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends messages to one name server and takes what comes back, octet by octet. */
final class DnsClient {
    private static final int PATIENCE_MILLIS = 5000;
    private static final AtomicInteger IDS = new AtomicInteger(1000);

    private final InetSocketAddress server;

    DnsClient(InetSocketAddress server) {
        this.server = server;
    }

    static int nextId() {
        return IDS.getAndIncrement() & 0xffff;
    }

    /** The query of a row and its reply, if there is one; it may need another exchange first, for a cookie. */
    Optional<DnsReply> ask(DnsQuestion query, DnsTransport transport) throws IOException {
        var cookie = query.echoesACookie() ? cookie(transport) : new byte[0];
        var message = query.encode(nextId(), cookie);
        var reply = transport == DnsTransport.UDP ? datagram(message) : stream(message);
        return reply.isEmpty() ? Optional.empty() : Optional.of(new DnsReply(message, reply.get()));
    }

    private Optional<byte[]> stream(byte[] message) throws IOException {
        try {
            return Optional.of(stream(List.of(message)).get(0));
        } catch (EOFException closed) {
            return Optional.empty();
        }
    }

    /** Sends all messages in one go over one connection; the replies, in whatever order, belong to them by their ID. */
    List<byte[]> stream(List<byte[]> messages) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(server, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(framed(messages));
            var in = new DataInputStream(socket.getInputStream());
            var replies = new HashMap<Integer, byte[]>();
            while (replies.size() < messages.size()) {
                var reply = in.readNBytes(in.readUnsignedShort());
                replies.put(id(reply), reply);
            }
            return inOrder(messages, replies);
        }
    }

    /** A server takes one socket's datagrams in order: when it answers the next one first, it never answers this one. */
    private Optional<byte[]> datagram(byte[] message) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.connect(server);
            socket.setSoTimeout(PATIENCE_MILLIS);
            var next = DnsQuestion.of(". A").encode(nextId(), new byte[0]);
            socket.send(new DatagramPacket(message, message.length));
            socket.send(new DatagramPacket(next, next.length));
            var first = receive(socket);
            return id(first) == id(next) ? Optional.empty() : Optional.of(first);
        }
    }

    private byte[] cookie(DnsTransport transport) throws IOException {
        var first = DnsQuestion.of(". A edns option=10:0102030405060708");
        return ask(first, transport).orElseThrow().option(10);
    }

    private static List<byte[]> inOrder(List<byte[]> messages, Map<Integer, byte[]> replies) {
        return messages.stream()
                .map(message -> Optional.ofNullable(replies.get(id(message)))
                        .orElseThrow(() ->
                                new AssertionError("replies " + replies.keySet() + " and none for " + id(message))))
                .toList();
    }

    private static byte[] framed(List<byte[]> messages) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (var message : messages) {
                out.writeShort(message.length);
                out.write(message);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] receive(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    static int id(byte[] message) {
        return (message[0] & 0xff) << 8 | (message[1] & 0xff);
    }
}
