package io.colonnade.node;

import io.colonnade.node.settings.StartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A folder under {@code data/nodes} that belongs to this node and gives the node its name. The folder is locked with a lock of the
 * operating system, which ends with the process, however the process ends.
 *
 * <p>Several nodes may claim folders of one data directory at the same time.
 */
final class NodeFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final int NEW_NAMES = 1000;

    private final Path path;
    private final FileChannel channel;

    private NodeFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Claims a folder; blocks on the disk.
     *
     * @param name the name of the folder; empty for the first folder that no living node has, or a new one
     * @throws StartException if the folder is taken, or the data directory cannot be written
     */
    static NodeFolder claim(Path data, String name, RandomGenerator random) {
        try {
            var nodes = Files.createDirectories(data.resolve("nodes"));
            return name.isEmpty() ? claimAny(nodes, random) : claimNamed(nodes, name);
        } catch (IOException unwritable) {
            throw new StartException(
                    "the data directory " + data + " cannot be written (" + unwritable
                            + "); choose another with --data",
                    unwritable);
        }
    }

    private static NodeFolder claimNamed(Path nodes, String name) throws IOException {
        var folder = Files.createDirectories(nodes.resolve(name));
        return lock(folder)
                .orElseThrow(() -> new StartException("a node named " + name + " is already running on " + folder
                        + "; choose another name with --name, or leave --name out"));
    }

    private static NodeFolder claimAny(Path nodes, RandomGenerator random) throws IOException {
        for (var folder : existing(nodes)) {
            var claimed = lock(folder);
            if (claimed.isPresent()) {
                return claimed.get();
            }
        }
        return claimNew(nodes, random);
    }

    /** The folders of all nodes, running or not; none if there is no such directory. */
    static List<Path> existing(Path nodes) throws IOException {
        if (!Files.isDirectory(nodes)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(nodes)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** Another node may find and lock the new folder before this one does; then the next name is tried. */
    private static NodeFolder claimNew(Path nodes, RandomGenerator random) throws IOException {
        for (int i = 0; i < NEW_NAMES; i++) {
            var claimed = lockNew(nodes.resolve(NodeNames.next(random)));
            if (claimed.isPresent()) {
                return claimed.get();
            }
        }
        throw new StartException("no free node name was found under " + nodes + "; choose one with --name");
    }

    private static Optional<NodeFolder> lockNew(Path folder) throws IOException {
        try {
            return lock(Files.createDirectory(folder));
        } catch (FileAlreadyExistsException taken) {
            return Optional.empty();
        }
    }

    private static Optional<NodeFolder> lock(Path folder) throws IOException {
        var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel)) {
            return Optional.of(new NodeFolder(folder, channel));
        }
        channel.close();
        return Optional.empty();
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    /** The node's name. */
    String name() {
        return String.valueOf(path.getFileName());
    }

    Path path() {
        return path;
    }

    /** For the libraries that the jars of the sites have in them. */
    Path libraries() {
        return path.resolve("libraries");
    }

    /** Gives the folder up for other nodes. */
    @Override
    public void close() throws IOException {
        AdminUrls.remove(path);
        channel.close();
    }
}
