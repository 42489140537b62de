package io.colonnade.it.harness;

import io.colonnade.security.ClusterSecret;
import io.colonnade.testing.RawHttp;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An archive of the classes that a node loads. A JVM that starts with it neither parses nor verifies these classes, so that the start of a
 * node costs about a third less CPU time. One node that runs for a moment writes the archive, once for each built jar and JDK.
 */
final class ClassArchive {
    private static final String WRITES = "-XX:ArchiveClassesAtExit=";
    private static final Path FOLDER = Path.of("target", "it");

    private static @Nullable Path present;

    private ClassArchive() {}

    /** The options that use the archive, beside these options of a JVM; none for the JVM that writes the archive. */
    static List<String> options(Path jar, Path java, List<String> jvm) throws IOException {
        if (jvm.stream().anyMatch(option -> option.startsWith(WRITES))) {
            return List.of();
        }
        return List.of("-XX:SharedArchiveFile=" + of(jar, java), "-Xlog:cds=off");
    }

    private static synchronized Path of(Path jar, Path java) throws IOException {
        var archive = present;
        if (archive == null) {
            archive = presentOrWritten(jar, java);
            present = archive;
        }
        return archive;
    }

    /** Several JVMs run tests at the same time; the first of them writes the archive, and the others wait for it. */
    private static Path presentOrWritten(Path jar, Path java) throws IOException {
        Files.createDirectories(FOLDER);
        var archive = FOLDER.resolve("classes-" + Integer.toHexString(java.hashCode()) + ".jsa");
        try (var channel = FileChannel.open(
                        FOLDER.resolve("classes.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (!Files.exists(archive) || isOlder(archive, jar)) {
                var draft = archive.resolveSibling(archive.getFileName() + ".new");
                Files.deleteIfExists(draft);
                write(draft);
                Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
            }
            return archive;
        }
    }

    private static boolean isOlder(Path archive, Path jar) throws IOException {
        return Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0;
    }

    private static void write(Path archive) throws IOException {
        var folder = Files.createTempDirectory("colonnade-it");
        SecretFiles.write(folder.resolve("secret"), ClusterSecret.fresh(new SecureRandom()));
        var launch = Launch.in(folder, "archive-" + UUID.randomUUID(), FreePorts.block(1))
                .withJvm(WRITES + archive);
        try (var node = Node.start(launch).awaitReady()) {
            RawHttp.exchange(node.port(), RawHttp.request("GET", "/api/messages"));
            node.status();
            node.sigterm();
            if (node.awaitExit() != 0 || !Files.exists(archive)) {
                throw new AssertionError("the node wrote no archive of its classes\n" + node.log());
            }
        } finally {
            Processes.killThoseIn(folder);
            Nodes.delete(folder);
        }
    }
}
