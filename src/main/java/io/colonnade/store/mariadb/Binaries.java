package io.colonnade.store.mariadb;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs and tables of a MariaDB server.
 *
 * @param mariadbd the server
 * @param share its messages, character sets and the statements that make its system tables
 */
public record Binaries(Path mariadbd, Path share) {
    private static final String HINT =
            "; install the package mariadb-server, or name a server with --database mysql://...";

    /**
     * Finds a server that runs on this machine: the one in the jar, which is unpacked under the directory on first use, or else an
     * installed one.
     *
     * @throws IOException if there is none; the message says what to do
     */
    public static Binaries find(Path directory) throws IOException, InterruptedException {
        if (System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64")) {
            var unpacked = unpacked(directory);
            if (unpacked.isPresent() && unpacked.get().runs()) {
                return unpacked.get();
            }
        }
        return installed()
                .orElseThrow(() -> new FileNotFoundException(
                        "the MariaDB server in the jar does not run on this machine, and none is installed" + HINT));
    }

    private static Optional<Binaries> unpacked(Path directory) throws IOException {
        var archive = BinariesArchive.open();
        if (archive.isEmpty()) {
            return Optional.empty();
        }
        var root = archive.get().unpackedUnder(directory);
        return Optional.of(new Binaries(root.resolve("bin/mariadbd"), root.resolve("share")));
    }

    private boolean runs() throws IOException, InterruptedException {
        return said().isPresent();
    }

    /** @throws IOException if the server does not run on this machine */
    DataVersion version() throws IOException, InterruptedException {
        return said().flatMap(DataVersion::in)
                .orElseThrow(() -> new IOException(mariadbd + " does not tell its version" + HINT));
    }

    /** The server's answer to {@code --version}; empty if the server does not run here. */
    private Optional<String> said() throws IOException, InterruptedException {
        var process = ChildProcess.of(List.of(mariadbd.toString(), "--no-defaults", "--version"))
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0
                ? Optional.of(said.substring(Math.max(0, said.indexOf("Ver "))))
                : Optional.empty();
    }

    /** The server of the system's packages, if there is one. */
    public static Optional<Binaries> installed() {
        return Stream.concat(onThePath(), Stream.of(Path.of("/usr/sbin"), Path.of("/usr/local/sbin")))
                .map(directory -> directory.resolve("mariadbd"))
                .filter(Files::isExecutable)
                .flatMap(Binaries::withShare)
                .findFirst();
    }

    private static Stream<Binaries> withShare(Path mariadbd) {
        return Stream.of("../share/mariadb", "../share/mysql", "../share")
                .map(share ->
                        new Binaries(mariadbd, mariadbd.resolveSibling(share).normalize()))
                .filter(candidate -> Files.exists(candidate.script("system_tables")));
    }

    /**
     * A client program that belongs to the server, or is installed.
     *
     * @throws IOException if there is none; the message says what to do
     */
    public Path client(String name) throws IOException {
        var besideTheServer = Stream.of(name, "../bin/" + name)
                .map(place -> mariadbd.resolveSibling(place).normalize());
        return Stream.concat(besideTheServer, onThePath().map(directory -> directory.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new FileNotFoundException(
                        "the program " + name + " is not installed; install the package mariadb-client"));
    }

    /** Whether the program is on the PATH. */
    public static boolean isOnThePath(String program) {
        return onThePath().anyMatch(directory -> Files.isExecutable(directory.resolve(program)));
    }

    /** Deletes servers that earlier versions have unpacked under the directory. */
    public void deleteOthers(Path directory) throws IOException {
        try (var unpacked = Files.newDirectoryStream(directory, BinariesArchive.PREFIX + "*")) {
            for (var other : unpacked) {
                if (!mariadbd.startsWith(other)) {
                    FileTree.delete(other);
                }
            }
        }
    }

    private static Stream<Path> onThePath() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator)).map(Path::of);
    }

    /** A script of statements; MariaDB before 11 names them mysql_*. */
    Path script(String name) {
        var present = share.resolve("mariadb_" + name + ".sql");
        return Files.exists(present) ? present : share.resolve("mysql_" + name + ".sql");
    }
}
