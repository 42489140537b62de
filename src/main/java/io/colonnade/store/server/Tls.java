package io.colonnade.store.server;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.SslMode;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How connections are encrypted, for the reactive client and for JDBC.
 *
 * @param ca a PEM file of the trusted authorities; empty for those that Java trusts
 */
public record Tls(TlsMode mode, String ca) {
    public static final Tls NONE = new Tls(TlsMode.DISABLED, "");

    public MySQLConnectOptions applyTo(MySQLConnectOptions options) {
        return switch (mode) {
            case DISABLED -> options.setSslMode(SslMode.DISABLED);
            case REQUIRED ->
                options.setSslMode(SslMode.REQUIRED).setSslOptions(new ClientSSLOptions().setTrustAll(true));
            case VERIFY ->
                options.setSslMode(SslMode.VERIFY_CA).setSslOptions(new ClientSSLOptions().setTrustOptions(trust()));
            case VERIFY_IDENTITY ->
                options.setSslMode(SslMode.VERIFY_IDENTITY)
                        .setSslOptions(new ClientSSLOptions()
                                .setTrustOptions(trust())
                                .setHostnameVerificationAlgorithm("HTTPS"));
        };
    }

    private TrustOptions trust() {
        return ca.isEmpty() ? TrustOptions.wrap(trustedByJava()) : new PemTrustOptions().addCertPath(ca);
    }

    private static X509TrustManager trustedByJava() {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            @Nullable KeyStore standard = null;
            factory.init(standard);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    /** The same as parameters of a MariaDB Connector/J address. The driver takes the file's name as it is, and decodes nothing. */
    public String jdbcParameters() {
        var sslMode =
                switch (mode) {
                    case DISABLED -> "disable";
                    case REQUIRED -> "trust";
                    case VERIFY -> "verify-ca";
                    case VERIFY_IDENTITY -> "verify-full";
                };
        return "sslMode=" + sslMode + (ca.isEmpty() || mode == TlsMode.REQUIRED ? "" : "&serverSslCert=" + ca);
    }
}
