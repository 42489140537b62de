package io.colonnade.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenTest {
    private final SecureRandom random = new SecureRandom();

    @TempDir
    Path folder;

    @Test
    void isMadeOnceAndReadableByItsOwnerOnly() throws IOException {
        var file = folder.resolve("admin.token");
        var made = AdminToken.readOrMake(file, random);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(AdminToken.readOrMake(file, random).text()).isEqualTo(made.text());
        assertThat(AdminToken.read(file).is(made.text())).isTrue();
        assertThat(made.is(made.text() + "0")).isFalse();
        assertThat(made).asString().doesNotContain(made.text());
    }

    @Test
    void isNoFileThatOthersCanReadOrThatHasAnotherSecret() throws IOException {
        var file = folder.resolve("admin.token");
        AdminToken.readOrMake(file, random);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> AdminToken.read(file)).hasMessageContaining("is open to others");

        var secret = folder.resolve("secret");
        new PrivateFile(secret, "secret")
                .makeIfMissing(ClusterSecret.fresh(random).text(), "rwx------");
        assertThatThrownBy(() -> AdminToken.read(secret)).hasMessageContaining("malformed");
        assertThatThrownBy(() -> AdminToken.read(folder.resolve("none"))).hasMessageContaining("cannot be read");
    }

    @Test
    void isProvedForOneQuestionAtOnePort() {
        var token = AdminToken.readOrMake(folder.resolve("a"), random);
        var other = AdminToken.readOrMake(folder.resolve("b"), random);
        var proof = token.proof("one", 9080);

        assertThat(AdminToken.read(folder.resolve("a")).proof("one", 9080)).isEqualTo(proof);
        assertThat(proof)
                .isNotEqualTo(token.proof("two", 9080))
                .isNotEqualTo(token.proof("one", 9081))
                .isNotEqualTo(other.proof("one", 9080))
                .doesNotContain(token.text());
    }
}
