package io.colonnade.security;

import io.colonnade.security.Refusal.Reason;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What two nodes say on a new connection before anything else: each proves to the other that it has the secret, without telling
 * it, and learns whether the two understand each other.
 *
 * <pre>
 *   connects                             accepts
 *   COLN, version, greeting, nonce ──▶
 *                                  ◀── 0, nonce, proof   or a refusal
 *   proof                          ──▶
 *                                  ◀── 0, member         or a refusal
 * </pre>
 *
 * A proof is HMAC-SHA-256 over the role of the end that proves and everything said before. The role keeps a proof from being
 * sent back to its maker. What was said before has the other's fresh nonce in it, so that a recorded proof is worth nothing, and
 * the name of the cluster. The challenge-response is that of ISO/IEC 9798-4, three passes. Blocks, for the time limit at most.
 * What follows on the connection is not protected by it. The last message says whether the end that accepts is a member of its
 * cluster; nodes of former versions leave that out, and count as members.
 */
public final class Handshake {
    private static final int NONCE = 32;

    private static final byte[] MAGIC = "COLN".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;
    private static final byte AGREED = 0;
    private static final byte REFUSED = 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final HandshakeMessages messages;
    private final Party self;

    private Handshake(Socket socket, Duration timeLimit, Party self) {
        messages = new HandshakeMessages(socket, timeLimit);
        this.self = self;
    }

    /**
     * The part of the end that connects. Returns whether the other end is a member of its cluster, and not still joining.
     *
     * @throws RefusedException if the other end refuses
     * @throws IOException if it has no secret of ours, is no node, or too slow
     */
    public static boolean connect(Socket socket, Duration timeLimit, Party self) throws IOException {
        var member = new Handshake(socket, timeLimit, self).connect();
        socket.setSoTimeout(0);
        return member;
    }

    /**
     * The part of the end that accepts.
     *
     * @param greeted is called when the other end has said that it has a secret of ours, before it proves that
     * @throws RefusedException if this end refuses, after it has told the other
     * @throws IOException if the connection breaks
     */
    public static void accept(Socket socket, Duration timeLimit, Party self, Runnable greeted) throws IOException {
        new Handshake(socket, timeLimit, self).accept(greeted);
        socket.setSoTimeout(0);
    }

    private boolean connect() throws IOException {
        var greeting = HandshakeMessages.bytes(out -> {
            Greeting.of(self).write(out);
            out.write(nonce());
        });
        messages.writePlain(MAGIC);
        messages.writePlain(new byte[] {VERSION});
        messages.write(greeting);
        var challenge = agreed();
        var key = self.secrets().current();
        if (!isProof(messages.read(), key, "accepts", greeting, challenge)) {
            throw new IOException("the node that answers has not proved that it has the secret");
        }
        messages.write(proof(key, "connects", greeting, challenge));
        var last = agreed();
        return last.length == 1 || last[1] != 0;
    }

    private void accept(Runnable greeted) throws IOException {
        if (!Arrays.equals(messages.read(MAGIC.length), MAGIC)) {
            throw new RefusedException(Refusal.of(Reason.NO_NODE, self));
        }
        require(messages.read(1)[0] == VERSION, Reason.OTHER_HANDSHAKE);
        var said = messages.read();
        var greeting = greeting(said);
        require(greeting.cluster().equals(self.cluster()), Reason.OTHER_CLUSTER);
        var theirs = self.secrets().accepted(greeting.secrets().get(0));
        var ours = self.secrets().current().id();
        // Either end must accept what the other uses: certificates are made with that.
        require(theirs.isPresent() && greeting.secrets().contains(ours), Reason.OTHER_SECRET);
        greeted.run();
        var key = theirs.orElseThrow();
        var challenge = ByteBuffer.allocate(1 + NONCE).put(AGREED).put(nonce()).array();
        messages.write(challenge);
        messages.write(proof(key, "accepts", said, challenge));
        require(isProof(messages.read(), key, "connects", said, challenge), Reason.OTHER_SECRET);
        require(self.understands(greeting.protocol()), Reason.OTHER_PROTOCOL);
        messages.write(new byte[] {AGREED, (byte) (self.joined() ? 1 : 0)});
    }

    private static Greeting greeting(byte[] message) throws IOException {
        var in = new ByteArrayInputStream(message);
        var greeting = Greeting.read(new DataInputStream(in));
        if (in.available() != NONCE) {
            throw new IOException("the greeting has the wrong length");
        }
        return greeting;
    }

    private byte[] agreed() throws IOException {
        var answer = messages.read();
        if (answer.length > 0 && answer[0] == AGREED) {
            return answer;
        }
        throw new RefusedException(
                Refusal.read(new DataInputStream(new ByteArrayInputStream(answer, 1, answer.length - 1))));
    }

    private void require(boolean agreed, Reason otherwise) throws IOException {
        if (!agreed) {
            var refusal = Refusal.of(otherwise, self);
            messages.write(HandshakeMessages.bytes(out -> {
                out.writeByte(REFUSED);
                refusal.write(out);
            }));
            throw new RefusedException(refusal);
        }
    }

    private static boolean isProof(byte[] claimed, ClusterSecret key, String role, byte[] greeting, byte[] challenge) {
        return MessageDigest.isEqual(claimed, proof(key, role, greeting, challenge));
    }

    private static byte[] proof(ClusterSecret secret, String role, byte[] greeting, byte[] challenge) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.derive("join " + VERSION, 32), "HmacSHA256"));
            mac.update(role.getBytes(StandardCharsets.US_ASCII));
            mac.update(greeting);
            return mac.doFinal(challenge);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", impossible);
        }
    }

    private static byte[] nonce() {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        return nonce;
    }
}
