package io.colonnade.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.security.Refusal.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends over a real pair of sockets. */
class HandshakeTest {
    private static final ClusterSecret OLD = ClusterSecret.parse("1".repeat(64));
    private static final ClusterSecret NEW = ClusterSecret.parse("2".repeat(64));
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Socket near;
    private Socket far;

    @BeforeEach
    void connect() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            near = new Socket(server.getInetAddress(), server.getLocalPort());
            far = server.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        near.close();
        far.close();
    }

    @ParameterizedTest
    @CsvSource({"old, old", "old, old+new", "old+new, old", "old+new, new+old", "new+old, old+new", "new, new+old"})
    void agreesWhileTheSecretIsBeingChanged(String connects, String accepts) throws IOException {
        var accepted = accept(party(secrets(accepts)));
        Handshake.connect(near, LIMIT, party(secrets(connects)));
        accepted.join();
        near.getOutputStream().write(7);
        assertThat(far.getInputStream().read()).isEqualTo(7);
        assertThat(near.getSoTimeout()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsWhetherTheEndThatAcceptsIsAMember(boolean member) throws IOException {
        var accepted = accept(new Party("test", secrets("old"), 1, 1, 1, member));
        assertThat(Handshake.connect(near, LIMIT, party(secrets("old")))).isEqualTo(member);
        accepted.join();
    }

    @ParameterizedTest
    @CsvSource({"old, new", "old, new+old", "new+old, old"})
    void refusesWhoUsesASecretThatTheOtherDoesNotAccept(String connects, String accepts) {
        var refusal = refused(party(secrets(connects)), party(secrets(accepts)));
        assertThat(refusal.reason()).isEqualTo(Reason.OTHER_SECRET);
    }

    @Test
    void tellsWhoItIsThatRefuses() {
        var accepts = new Party("test", new Secrets(List.of(NEW), true), 4, 3, 4, true);
        assertThat(refused(party(secrets("old")), accepts))
                .isEqualTo(new Refusal(Reason.OTHER_SECRET, true, true, 3, 4));
    }

    @Test
    void refusesOtherClusters() {
        var accepts = new Party("other", secrets("old"), 1, 1, 1, true);
        assertThat(refused(party(secrets("old")), accepts).reason()).isEqualTo(Reason.OTHER_CLUSTER);
    }

    @ParameterizedTest
    @CsvSource({"3, 3, 3, true", "2, 3, 3, true", "4, 3, 3, true", "1, 3, 3, false", "5, 3, 3, false"})
    @CsvSource({"2, 3, 4, false", "3, 3, 4, true", "4, 3, 4, true", "5, 3, 4, false"})
    void refusesProtocolsMoreThanOneVersionFromAnyMember(int newcomer, int lowest, int highest, boolean fine) {
        var accepts = new Party("test", secrets("old"), highest, lowest, highest, true);
        var connects = new Party("test", secrets("old"), newcomer, newcomer, newcomer, false);
        var accepted = accept(accepts);
        if (fine) {
            assertThat(connectTo(connects)).isNull();
            accepted.join();
        } else {
            assertThat(refusal(connectTo(connects)))
                    .isEqualTo(new Refusal(Reason.OTHER_PROTOCOL, true, false, lowest, highest));
            assertThatThrownBy(accepted::join).hasCauseInstanceOf(RefusedException.class);
        }
    }

    @Test
    void refusesWhoSpeaksSomethingElse() throws IOException {
        var accepted = accept(party(secrets("old")));
        near.getOutputStream().write("HZC and more".getBytes(StandardCharsets.US_ASCII));
        assertThat(refusal(accepted)).isEqualTo(Reason.NO_NODE);
    }

    @Test
    void refusesAHandshakeOfAnotherVersion() throws IOException {
        var accepted = accept(party(secrets("old")));
        near.getOutputStream().write("COLN\2".getBytes(StandardCharsets.US_ASCII));
        assertThat(refusal(accepted)).isEqualTo(Reason.OTHER_HANDSHAKE);
    }

    @Test
    void aRecordedHandshakeIsWorthNothing() throws Exception {
        var recorded = recordAHandshake();
        connect();
        var accepted = accept(party(secrets("old")));
        near.getOutputStream().write(recorded);
        assertThat(refusal(accepted)).isEqualTo(Reason.OTHER_SECRET);
    }

    /** An end without a secret cannot answer a node's challenge with the node's own proof. */
    @Test
    void aProofSentBackToItsMakerIsWorthNothing() throws Exception {
        var accepted = accept(party(secrets("old")));
        near.getOutputStream().write(recordedGreeting());
        var challenge = readMessage(near);
        var proof = readMessage(near);
        assertThat(challenge).hasSize(33);
        near.getOutputStream().write(new byte[] {0, 32});
        near.getOutputStream().write(proof);
        assertThat(refusal(accepted)).isEqualTo(Reason.OTHER_SECRET);
    }

    @Test
    void theEndThatAcceptsMustProveItselfToo() throws Exception {
        var connected = CompletableFuture.supplyAsync(() -> connectTo(party(secrets("old"))));
        assertThat(far.getInputStream().readNBytes(5)).hasSize(5);
        readMessage(far);
        far.getOutputStream().write(new byte[] {0, 33});
        far.getOutputStream().write(new byte[33]);
        far.getOutputStream().write(new byte[] {0, 32});
        far.getOutputStream().write(new byte[32]);
        assertThat(connected.join()).hasMessage("the node that answers has not proved that it has the secret");
    }

    @Test
    void endsInTimeHoweverSlowlyTheOtherSends() {
        assertThatThrownBy(() -> Handshake.accept(far, Duration.ofMillis(50), party(secrets("old")), () -> {}))
                .isInstanceOf(SocketTimeoutException.class);
    }

    private byte[] recordAHandshake() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var client = new Socket(server.getInetAddress(), server.getLocalPort());
            var tap = server.accept();
            var accepted = accept(party(secrets("old")));
            var connected = CompletableFuture.runAsync(() -> {
                try {
                    Handshake.connect(client, LIMIT, party(secrets("old")));
                } catch (IOException failed) {
                    throw new CompletionException(failed);
                }
            });
            var recorded = new ByteArrayOutputStream();
            recorded.write(pass(near, tap.getInputStream().readNBytes(5)));
            recorded.write(passMessage(tap, near));
            passMessage(near, tap);
            passMessage(near, tap);
            recorded.write(passMessage(tap, near));
            passMessage(near, tap);
            connected.join();
            accepted.join();
            client.close();
            tap.close();
            return recorded.toByteArray();
        }
    }

    private byte[] recordedGreeting() throws Exception {
        var party = party(secrets("old"));
        var greeting = HandshakeMessages.bytes(out -> {
            Greeting.of(party).write(out);
            out.write(new byte[32]);
        });
        var all = new ByteArrayOutputStream();
        all.write("COLN\1".getBytes(StandardCharsets.US_ASCII));
        all.write(new byte[] {0, (byte) greeting.length});
        all.write(greeting);
        return all.toByteArray();
    }

    private static byte[] passMessage(Socket from, Socket to) throws IOException {
        var message = readMessage(from);
        var whole = new byte[message.length + 2];
        whole[1] = (byte) message.length;
        System.arraycopy(message, 0, whole, 2, message.length);
        return pass(to, whole);
    }

    private static byte[] pass(Socket to, byte[] bytes) throws IOException {
        to.getOutputStream().write(bytes);
        return bytes;
    }

    private static byte[] readMessage(Socket from) throws IOException {
        var length = from.getInputStream().readNBytes(2);
        return from.getInputStream().readNBytes(length[1] & 0xff);
    }

    private Refusal refused(Party connects, Party accepts) {
        var accepted = accept(accepts);
        var refusal = refusal(connectTo(connects));
        assertThat(refusal(accepted)).isEqualTo(refusal.reason());
        return refusal;
    }

    private static Refusal refusal(Exception thrown) {
        assertThat(thrown).isInstanceOf(RefusedException.class);
        return ((RefusedException) thrown).refusal();
    }

    private static Reason refusal(CompletableFuture<Void> accepted) {
        var thrown = accepted.handle((done, cause) -> cause).join().getCause();
        return refusal((Exception) thrown).reason();
    }

    /** What it fails with, or null. */
    private Exception connectTo(Party party) {
        try {
            Handshake.connect(near, LIMIT, party);
            return null;
        } catch (IOException failed) {
            return failed;
        }
    }

    private CompletableFuture<Void> accept(Party party) {
        return CompletableFuture.runAsync(() -> {
            try {
                Handshake.accept(far, LIMIT, party, () -> {});
            } catch (IOException failed) {
                throw new CompletionException(failed);
            }
        });
    }

    private static Party party(Secrets secrets) {
        return new Party("test", secrets, 1, 1, 1, false);
    }

    private static Secrets secrets(String names) {
        return new Secrets(
                Arrays.stream(names.split("\\+"))
                        .map(name -> name.equals("old") ? OLD : NEW)
                        .toList(),
                false);
    }
}
