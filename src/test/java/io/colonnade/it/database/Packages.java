package io.colonnade.it.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** What the system's packages bring, and how their server must be run here. */
public final class Packages {
    static final Path SERVER = Path.of("/usr/sbin/mariadbd");
    static final Path INSTALLER = Path.of("/usr/bin/mariadb-install-db");
    static final Path GALERA = Path.of("/usr/lib/galera/libgalera_smm.so");
    static final Path RSYNC = Path.of("/usr/bin/rsync");

    private Packages() {}

    static void assumeServer() {
        assume("mariadb-server", SERVER, INSTALLER);
    }

    public static void assumeGalera() {
        assumeServer();
        assume("galera-4 and rsync", GALERA, RSYNC);
    }

    private static void assume(String packages, Path... files) {
        for (var file : files) {
            Assumptions.assumeTrue(Files.exists(file), file + " is missing; install " + packages);
        }
    }

    /** As root the server refuses to run, and the copying of a Galera node fails. */
    static List<String> userOption() throws IOException {
        return isRoot() ? List.of("--user=mysql") : List.of();
    }

    static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }
}
