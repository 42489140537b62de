package io.colonnade.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The system's packages that a Galera server needs.
 *
 * @param provider the library that makes a server a member
 */
record GaleraPackages(Binaries binaries, Path provider) {
    private static final List<String> PROVIDERS = List.of(
            "/usr/lib/galera/libgalera_smm.so",
            "/usr/lib64/galera-4/libgalera_smm.so",
            "/usr/lib64/galera/libgalera_smm.so",
            "/usr/lib/libgalera_smm.so");

    /** @throws StoreException if something is missing; the message says what to install */
    static GaleraPackages find() {
        var binaries = Binaries.installed().filter(found -> Binaries.isOnThePath("wsrep_sst_rsync"));
        var provider = PROVIDERS.stream().map(Path::of).filter(Files::exists).findFirst();
        if (binaries.isEmpty() || provider.isEmpty() || !Binaries.isOnThePath("rsync")) {
            throw missing(binaries, provider);
        }
        return new GaleraPackages(binaries.get(), provider.get());
    }

    private static StoreException missing(Optional<Binaries> binaries, Optional<Path> provider) {
        var packages = new ArrayList<String>();
        Stream.of("mariadb-server").filter(name -> binaries.isEmpty()).forEach(packages::add);
        Stream.of("galera-4").filter(name -> provider.isEmpty()).forEach(packages::add);
        Stream.of("rsync").filter(name -> !Binaries.isOnThePath(name)).forEach(packages::add);
        return new StoreException("database: galera runs the system's MariaDB, and of its packages "
                + String.join(", ", packages) + " is missing here; install " + String.join(" ", packages)
                + ", or start this node without the role db");
    }
}
