package io.colonnade.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real mutual TLS on loopback, by either engine at either end. */
@ParameterizedClass
@CsvSource({"true, true", "true, false", "false, true", "false, false"})
class MutualTlsTest {
    private static final ClusterSecret OLD = ClusterSecret.parse("1".repeat(64));
    private static final ClusterSecret NEW = ClusterSecret.parse("2".repeat(64));

    @Parameter(0)
    private boolean connectsByOpenSsl;

    @Parameter(1)
    private boolean acceptsByOpenSsl;

    private final Vertx vertx = Vertx.vertx();
    /** Kept in a field: a client that is garbage is closed with its connections. */
    private NetClient client;

    private final AtomicBoolean accepted = new AtomicBoolean();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"old, old", "old, old+new", "old+new, old", "old+new, new+old", "new, new+old", "new+old, new"})
    void nodesOfOneClusterTrustEachOther(String connects, String accepts) throws Exception {
        assertThat(greet(connecting(connects), accepting(accepts)).await(60, TimeUnit.SECONDS))
                .isEqualTo(Buffer.buffer("hello"));
    }

    @ParameterizedTest
    @CsvSource({"old, new", "new, old", "old, new+old", "new+old, old"})
    void othersAreNotTrusted(String connects, String accepts) {
        assertRefused(connecting(connects), accepting(accepts));
    }

    @Test
    void whoShowsNoCertificateIsNotLetIn() {
        var nothing = connecting("old").setKeyCertOptions(null);
        assertRefused(nothing, accepting("old"));
    }

    @Test
    void whoSpeaksAnOlderTlsIsNotLetIn() {
        var older = connecting("old").setEnabledSecureTransportProtocols(Set.of("TLSv1.2"));
        assertRefused(older, accepting("old"));
    }

    /** One end must have refused the other: a connection that is merely silent proves nothing. */
    private void assertRefused(EventBusOptions connects, EventBusOptions accepts) {
        assertThatThrownBy(() -> greet(connects, accepts).await(20, TimeUnit.SECONDS))
                .isInstanceOf(IOException.class);
        assertThat(accepted).isFalse();
    }

    /** What the client hears: a server of TLS 1.3 refuses a client only after the client's part is done. */
    private Future<Buffer> greet(EventBusOptions connects, EventBusOptions accepts) {
        client = vertx.createNetClient(new NetClientOptions(connects.toJson()).setHostnameVerificationAlgorithm(""));
        return vertx.createNetServer(new NetServerOptions(accepts.toJson()).setHost("127.0.0.1"))
                .connectHandler(socket -> {
                    accepted.set(true);
                    socket.write("hello");
                })
                .listen(0)
                .compose(server -> client.connect(server.actualPort(), "127.0.0.1"))
                .compose(socket -> {
                    var heard = Promise.<Buffer>promise();
                    socket.handler(heard::tryComplete);
                    socket.closeHandler(closed -> heard.tryFail(new ClosedChannelException()));
                    return heard.future();
                });
    }

    private EventBusOptions connecting(String secrets) {
        return secured(secrets, connectsByOpenSsl);
    }

    private EventBusOptions accepting(String secrets) {
        return secured(secrets, acceptsByOpenSsl);
    }

    private static EventBusOptions secured(String secrets, boolean byOpenSsl) {
        return certificate(secrets)
                .secure(new EventBusOptions())
                .setSslEngineOptions(byOpenSsl ? new OpenSSLEngineOptions() : new JdkSSLEngineOptions())
                .setSslHandshakeTimeout(60);
    }

    private static NodeCertificate certificate(String names) {
        List<ClusterSecret> secrets = Arrays.stream(names.split("\\+"))
                .map(name -> name.equals("old") ? OLD : NEW)
                .toList();
        return NodeCertificate.of(new Secrets(secrets, false));
    }
}
