package io.colonnade.store.galera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.colonnade.store.mariadb.Binaries;
import io.colonnade.store.server.StoreException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SystemPackagesTest {
    private static final Optional<Binaries> SERVER = Optional.of(new Binaries(Path.of("mariadbd"), Path.of("share")));
    private static final Optional<Path> PROVIDER = Optional.of(Path.of("libgalera_smm.so"));

    @Test
    void namesThePackagesThatAreMissingAndNoOthers() {
        assertMissing("mariadb-server", Optional.empty(), PROVIDER, true);
        assertMissing("galera-4", SERVER, Optional.empty(), true);
        assertMissing("rsync", SERVER, PROVIDER, false);
        assertMissing("mariadb-server galera-4 rsync", Optional.empty(), Optional.empty(), false);
        assertThat(SystemPackages.of(SERVER, PROVIDER, true).provider()).isEqualTo(PROVIDER.get());
    }

    private static void assertMissing(
            String packages, Optional<Binaries> server, Optional<Path> provider, boolean rsync) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> SystemPackages.of(server, provider, rsync))
                .withMessageEndingWith("; install " + packages + ", or start this node without the role db");
    }
}
