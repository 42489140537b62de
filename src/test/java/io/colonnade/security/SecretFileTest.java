package io.colonnade.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {
    private static final String ONES = "1".repeat(64);

    @TempDir
    Path home;

    @Test
    void theUsersOwnIsMadeOnceAndForItsOwnerOnly() throws IOException {
        var file = SecretFile.personal(home);
        var made = file.readOrMake(new SecureRandom());
        assertThat(made.personal()).isTrue();
        assertThat(SecretFile.personal(home).readOrMake(new SecureRandom())).isEqualTo(made);
        assertThat(permissions(file.path())).isEqualTo("rw-------");
        assertThat(permissions(file.path().getParent())).isEqualTo("rwx------");
        try (var files = Files.list(file.path().getParent())) {
            assertThat(files).containsExactly(file.path());
        }
    }

    @Test
    void whoMakesItAtOnceReadsTheSame() throws Exception {
        var together = new CyclicBarrier(8);
        var threads = Executors.newFixedThreadPool(together.getParties());
        Callable<Secrets> start = () -> {
            together.await();
            return SecretFile.personal(home).readOrMake(new SecureRandom());
        };
        try {
            var read = new ArrayList<Secrets>();
            for (Future<Secrets> each : threads.invokeAll(IntStream.range(0, together.getParties())
                    .mapToObj(i -> start)
                    .toList())) {
                read.add(each.get());
            }
            assertThat(read).allMatch(read.get(0)::equals);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anEarlierOneIsLeftAlone() throws IOException {
        var file = SecretFile.personal(home);
        Files.createDirectory(file.path().getParent());
        write(file.path(), ONES, "rw-------");
        assertThat(file.readOrMake(new SecureRandom()).current()).isEqualTo(ClusterSecret.parse(ONES));
    }

    @Test
    void saysWhenItCannotBeMade() throws IOException {
        Files.writeString(home.resolve(".colonnade"), "");
        assertThatThrownBy(() -> SecretFile.personal(home).readOrMake(new SecureRandom()))
                .isInstanceOf(SecretException.class)
                .hasMessageStartingWith("the secret of this user, " + home + "/.colonnade/secret, cannot be made (")
                .hasMessageEndingWith("; give the node one with --secret-file FILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-----w-", "rw--w----"})
    void refusesAFileThatIsOpenToOthers(String permissions) throws IOException {
        var file = write(home.resolve("secret"), ONES, permissions);
        assertThatThrownBy(() -> new SecretFile(file, false).read())
                .isInstanceOf(SecretException.class)
                .hasMessage("the secret file " + file + " is open to others (" + permissions
                        + "); close it with: chmod 600 " + file);
    }

    @Test
    void itsGroupMayReadIt() throws IOException {
        var file = write(home.resolve("secret"), ONES, "rw-r-----");
        assertThat(new SecretFile(file, false).read().personal()).isFalse();
    }

    @Test
    void saysHowToMakeAMissingOne() {
        var file = home.resolve("secret");
        assertThatThrownBy(() -> new SecretFile(file, false).read())
                .isInstanceOf(SecretException.class)
                .hasMessage("the secret file " + file
                        + " does not exist; make one with: java -jar colonnade.jar secret new > " + file);
    }

    @Test
    void doesNotRepeatWhatIsNoSecret() throws IOException {
        var file = write(home.resolve("secret"), "hush", "rw-------");
        assertThatThrownBy(() -> new SecretFile(file, false).read())
                .isInstanceOf(SecretException.class)
                .hasMessage("the secret file " + file
                        + " is malformed: allowed are 64 hexadecimal digits, as \"secret new\" prints");
    }

    private static Path write(Path file, String text, String permissions) throws IOException {
        Files.writeString(file, text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
