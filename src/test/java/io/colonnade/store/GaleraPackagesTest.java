package io.colonnade.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GaleraPackagesTest {
    private static final Optional<Binaries> SERVER = Optional.of(new Binaries(Path.of("mariadbd"), Path.of("share")));
    private static final Optional<Path> PROVIDER = Optional.of(Path.of("libgalera_smm.so"));

    @Test
    void namesThePackagesThatAreMissingAndNoOthers() {
        assertMissing("mariadb-server", Optional.empty(), PROVIDER, true);
        assertMissing("galera-4", SERVER, Optional.empty(), true);
        assertMissing("rsync", SERVER, PROVIDER, false);
        assertMissing("mariadb-server galera-4 rsync", Optional.empty(), Optional.empty(), false);
        assertThat(GaleraPackages.of(SERVER, PROVIDER, true).provider()).isEqualTo(PROVIDER.get());
    }

    private static void assertMissing(
            String packages, Optional<Binaries> server, Optional<Path> provider, boolean rsync) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> GaleraPackages.of(server, provider, rsync))
                .withMessageEndingWith("; install " + packages + ", or start this node without the role db");
    }
}
