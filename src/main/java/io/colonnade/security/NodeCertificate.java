package io.colonnade.security;

import io.netty.handler.ssl.OpenSsl;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLEngineOptions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node needs for mutual TLS with the others of its cluster, as PEM texts: a key of its own, made at its start and kept
 * nowhere, with a certificate of the cluster's authority.
 *
 * @param certificate by the authority of the secret that is used
 * @param privateKey of the certificate
 * @param authorities whose certificates are accepted: one for each secret that is
 */
public record NodeCertificate(String certificate, String privateKey, List<String> authorities) {
    private static final Logger log = LoggerFactory.getLogger(NodeCertificate.class);

    public static NodeCertificate of(Secrets secrets) {
        try {
            var keys = CertificateAuthority.freshKeys();
            var certificate = CertificateAuthority.of(secrets.current()).issue(keys.getPublic());
            var authorities = new ArrayList<String>();
            for (var secret : secrets.accepted()) {
                var authority = CertificateAuthority.of(secret).certificate();
                authorities.add(pem("CERTIFICATE", authority.getEncoded()));
            }
            return new NodeCertificate(
                    pem("CERTIFICATE", certificate.getEncoded()),
                    pem("PRIVATE KEY", keys.getPrivate().getEncoded()),
                    List.copyOf(authorities));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has the curve P-256", impossible);
        }
    }

    /**
     * Makes an event bus, and what else is made with its options, speak TLS 1.3 only, and only with ends that show a certificate
     * of the authorities; the names in it are not checked.
     *
     * @return the same options
     */
    public EventBusOptions secure(EventBusOptions options) {
        var trusted = new PemTrustOptions();
        authorities.forEach(authority -> trusted.addCertValue(Buffer.buffer(authority)));
        return options.setSsl(true)
                .setSslEngineOptions(engine())
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(certificate))
                        .setKeyValue(Buffer.buffer(privateKey)))
                .setTrustOptions(trusted)
                .setTrustAll(false)
                .setClientAuth(ClientAuth.REQUIRED);
    }

    /** Either engine understands the other; where Java encrypts, a body of 64 KB costs half as much CPU again. */
    private static SSLEngineOptions engine() {
        if (OpenSsl.isAvailable()) {
            return new OpenSSLEngineOptions();
        }
        log.info(
                "TLS between nodes is Java's own, which takes more CPU, as OpenSSL cannot be loaded ({})",
                OpenSsl.unavailabilityCause().getMessage());
        return new JdkSSLEngineOptions();
    }

    private static String pem(String type, byte[] content) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + type + "-----\n" + lines.encodeToString(content) + "\n-----END " + type + "-----\n";
    }

    /** Not the key. */
    @Override
    public String toString() {
        return certificate;
    }
}
