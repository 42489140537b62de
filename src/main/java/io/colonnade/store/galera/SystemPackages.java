package io.colonnade.store.galera;

import io.colonnade.store.mariadb.Binaries;
import io.colonnade.store.server.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The system's packages that a Galera server needs.
 *
 * @param provider the library that makes a server a member
 */
public record SystemPackages(Binaries binaries, Path provider) {
    private static final List<String> PROVIDERS = List.of(
            "/usr/lib/galera/libgalera_smm.so",
            "/usr/lib64/galera-4/libgalera_smm.so",
            "/usr/lib64/galera/libgalera_smm.so",
            "/usr/lib/libgalera_smm.so");

    /**
     * Finds what a Galera server needs on this machine.
     *
     * @throws StoreException if something is missing; the message says what to install
     */
    public static SystemPackages find() {
        return of(
                Binaries.installed().filter(found -> Binaries.isOnThePath("wsrep_sst_rsync")),
                PROVIDERS.stream().map(Path::of).filter(Files::exists).findFirst(),
                Binaries.isOnThePath("rsync"));
    }

    /** The packages, or an exception that names those that were not found. */
    static SystemPackages of(Optional<Binaries> binaries, Optional<Path> provider, boolean rsync) {
        var missing = new ArrayList<String>();
        if (binaries.isEmpty()) {
            missing.add("mariadb-server");
        }
        if (provider.isEmpty()) {
            missing.add("galera-4");
        }
        if (!rsync) {
            missing.add("rsync");
        }
        if (!missing.isEmpty()) {
            throw new StoreException(
                    "database: galera runs the system's MariaDB, and here is missing what it needs; install "
                            + String.join(" ", missing) + ", or start this node without the role db");
        }
        return new SystemPackages(binaries.orElseThrow(), provider.orElseThrow());
    }
}
