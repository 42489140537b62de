package io.colonnade.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TCPSSLOptions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real mutual TLS on loopback. */
class NodeCertificateTest {
    private static final ClusterSecret OLD = ClusterSecret.parse("1".repeat(64));
    private static final ClusterSecret NEW = ClusterSecret.parse("2".repeat(64));

    private final Vertx vertx = Vertx.vertx();
    /** Held, as a client that nobody holds is closed with its connections. */
    private NetClient client;

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"old, old", "old, old+new", "old+new, old", "old+new, new+old", "new, new+old", "new+old, new"})
    void nodesOfOneClusterTrustEachOther(String connects, String accepts) throws Exception {
        assertThat(greet(certificate(connects), certificate(accepts)).await(60, TimeUnit.SECONDS))
                .isEqualTo(Buffer.buffer("hello"));
    }

    @ParameterizedTest
    @CsvSource({"old, new", "new, old", "old, new+old", "new+old, old"})
    void othersAreNotTrusted(String connects, String accepts) {
        assertThatThrownBy(
                        () -> greet(certificate(connects), certificate(accepts)).await(20, TimeUnit.SECONDS))
                .isNotNull();
    }

    @Test
    void whoShowsNoCertificateIsNotLetIn() {
        var nothing = new NodeCertificate("", "", certificate("old").authorities());
        assertThatThrownBy(() -> greet(nothing, certificate("old")).await(20, TimeUnit.SECONDS))
                .isNotNull();
    }

    /** Every node has to derive the same authority. */
    @Test
    void theAuthorityIsTheSameEachTime() throws Exception {
        var first = CertificateAuthority.of(OLD).certificate();
        var second = CertificateAuthority.of(OLD).certificate();
        assertThat(first.getPublicKey()).isEqualTo(second.getPublicKey());
        assertThat(first.getSubjectX500Principal()).isEqualTo(second.getSubjectX500Principal());
        assertThat(CertificateAuthority.of(NEW).certificate().getPublicKey()).isNotEqualTo(first.getPublicKey());
    }

    @Test
    void doesNotShowItsKey() {
        assertThat(certificate("old").toString()).doesNotContain("PRIVATE");
    }

    /** What the client hears: a server of TLS 1.3 refuses a client only after the client's part is done. */
    private Future<Buffer> greet(NodeCertificate connects, NodeCertificate accepts) {
        var serverOptions = new NetServerOptions().setHost("127.0.0.1").setClientAuth(ClientAuth.REQUIRED);
        client = vertx.createNetClient(
                (NetClientOptions) secured(new NetClientOptions().setHostnameVerificationAlgorithm(""), connects));
        return vertx.createNetServer((NetServerOptions) secured(serverOptions, accepts))
                .connectHandler(socket -> socket.write("hello"))
                .listen(0)
                .compose(server -> client.connect(server.actualPort(), "127.0.0.1"))
                .compose(socket -> {
                    var heard = Promise.<Buffer>promise();
                    socket.handler(heard::tryComplete);
                    socket.closeHandler(closed -> heard.tryFail("closed"));
                    return heard.future();
                });
    }

    private static TCPSSLOptions secured(TCPSSLOptions options, NodeCertificate certificate) {
        var trusted = new PemTrustOptions();
        certificate.authorities().forEach(authority -> trusted.addCertValue(Buffer.buffer(authority)));
        options.setSsl(true).setTrustOptions(trusted).setSslHandshakeTimeout(60);
        return certificate.certificate().isEmpty()
                ? options
                : options.setKeyCertOptions(new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(certificate.certificate()))
                        .setKeyValue(Buffer.buffer(certificate.privateKey())));
    }

    private static NodeCertificate certificate(String names) {
        List<ClusterSecret> secrets = Arrays.stream(names.split("\\+"))
                .map(name -> name.equals("old") ? OLD : NEW)
                .toList();
        return NodeCertificate.of(new Secrets(secrets, false));
    }
}
