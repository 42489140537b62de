package io.colonnade.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.it.database.MariaDb;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.DatabaseConfig;
import io.colonnade.store.server.StoreConfig;
import io.colonnade.store.server.TlsMode;
import io.colonnade.testing.MapInMemory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SelfSignedCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that lets nobody in without encryption; its certificate names {@code localhost} and is signed by itself. */
class TlsIT {
    private static final String NAMED = "localhost";
    private static final String NOT_NAMED = "127.0.0.1";

    @TempDir
    private static Path folder;

    private static final Vertx vertx = Vertx.vertx();
    private static final SelfSignedCertificate certificate = SelfSignedCertificate.create(NAMED);
    private static final SelfSignedCertificate stranger = SelfSignedCertificate.create(NAMED);
    private static MariaDb server;

    @BeforeAll
    static void start() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var key = readable(certificate.privateKeyPath(), "key.pem");
        var cert = readable(certificate.certificatePath(), "cert.pem");
        server = MariaDb.open("--ssl-key=" + key, "--ssl-cert=" + cert);
        server.execute("ALTER USER board@'127.0.0.1' REQUIRE SSL");
        var scripts = Files.createDirectories(folder.resolve("db/migration"));
        Files.writeString(
                scripts.resolve("V1__cipher.sql"),
                "CREATE TABLE cipher AS SELECT variable_value AS name FROM information_schema.session_status"
                        + " WHERE variable_name = 'Ssl_cipher';");
    }

    @AfterAll
    static void end() throws Exception {
        if (server != null) {
            server.close();
        }
        finish(vertx.close());
        certificate.delete();
        stranger.delete();
    }

    /** The server may run as another user. */
    private static Path readable(String from, String name) throws Exception {
        var copy = Files.copy(Path.of(from), folder.resolve(name));
        return Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    void isRefusedWithoutEncryption() throws Exception {
        assertThat(isAvailable(NAMED, TlsMode.DISABLED, "")).isFalse();
    }

    @Test
    void isUsedEncryptedWhoeverTheServerIs() throws Exception {
        assertThat(isAvailable(NOT_NAMED, TlsMode.REQUIRED, "")).isTrue();
    }

    @Test
    void isUsedIfTheAuthorityIsKnown() throws Exception {
        assertThat(isAvailable(NOT_NAMED, TlsMode.VERIFY, certificate.certificatePath()))
                .isTrue();
        assertThat(isAvailable(NOT_NAMED, TlsMode.VERIFY, stranger.certificatePath()))
                .isFalse();
        assertThat(isAvailable(NOT_NAMED, TlsMode.VERIFY, "")).isFalse();
    }

    @Test
    void isUsedIfTheCertificateNamesTheHost() throws Exception {
        assertThat(isAvailable(NAMED, TlsMode.VERIFY_IDENTITY, certificate.certificatePath()))
                .isTrue();
        assertThat(isAvailable(NOT_NAMED, TlsMode.VERIFY_IDENTITY, certificate.certificatePath()))
                .isFalse();
    }

    /** Whether both ways to the server are open and encrypted: that of migrations, which is JDBC, and that of sites. */
    private static boolean isAvailable(String host, TlsMode mode, String ca) throws Exception {
        var config =
                new DatabaseConfig("embedded", List.of(new Address(host, server.port())), "board", "board", mode, ca);
        var database = new Database.External(config, "secret");
        var store = Store.open(vertx, store(), database, new MapInMemory(), Clock.system());
        try {
            finish(store.start());
            if (!store.available()) {
                return false;
            }
            var site = store.database("site", new SiteDatabase.Migrations(folder, ""));
            finish(site.migrate());
            var ciphers = finish(site.pool()
                    .query("SELECT name FROM cipher UNION ALL SELECT variable_value FROM"
                            + " information_schema.session_status WHERE variable_name = 'Ssl_cipher'")
                    .execute());
            assertThat(ciphers).extracting(row -> row.getString(0)).hasSize(2).doesNotContain("");
            return true;
        } finally {
            finish(store.stop());
        }
    }

    private static StoreConfig store() {
        var defaults = StoreConfig.DEFAULTS;
        return new StoreConfig(
                defaults.poolSize(),
                defaults.waitQueue(),
                defaults.acquireTimeLimit(),
                defaults.queryTimeLimit(),
                defaults.statementCache(),
                defaults.pipelining(),
                defaults.maxLag(),
                defaults.slowStatement(),
                Duration.ofSeconds(3),
                defaults.bufferPool(),
                defaults.galeraMembers());
    }

    private static <T> T finish(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
