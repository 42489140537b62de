package io.colonnade.web;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the files below a directory. Follows symbolic links, but not those that lead out of the directory. */
final class DirectoryVisitor extends SimpleFileVisitor<Path> {
    private static final Logger log = LoggerFactory.getLogger(DirectoryVisitor.class);

    /** Receives what is found. */
    interface Found {
        /** A directory, before what is in it; only under its one path without links. */
        void directory(Path directory, BasicFileAttributes attributes);

        void file(String name, Path file, BasicFileAttributes attributes) throws IOException;
    }

    private final Path root;
    private final Found found;
    private final Set<Path> links = new HashSet<>();

    /**
     * @param root the directory; its path has no symbolic links
     */
    DirectoryVisitor(Path root, Found found) {
        this.root = root;
        this.found = found;
    }

    Path root() {
        return root;
    }

    /** The symbolic links that were found so far, to files and to directories. */
    Set<Path> links() {
        return links;
    }

    /** The path of a file below the root, with slashes. */
    String name(Path file) {
        return root.relativize(file).toString().replace(File.separatorChar, '/');
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        if (leadsOut(directory) || !(directory.equals(root) || PathIndex.mayHoldPublic(name(directory)))) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        if (links.stream().noneMatch(directory::startsWith)) {
            found.directory(directory, attributes);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        var name = name(file);
        if (attributes.isRegularFile() && PathIndex.isPublic(name) && !leadsOut(file)) {
            report(name, file, attributes);
        }
        return FileVisitResult.CONTINUE;
    }

    /** Leaves out loops of links, links to nothing, and files that the node may not read. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
        if (file.equals(root)) {
            throw cause;
        }
        log.debug("{} is not served: {}", file, cause.getMessage());
        return FileVisitResult.CONTINUE;
    }

    private void report(String name, Path file, BasicFileAttributes attributes) {
        try {
            found.file(name, file, attributes);
        } catch (IOException unreadable) {
            log.debug("{} is not served: {}", file, unreadable.getMessage());
        }
    }

    private boolean leadsOut(Path path) {
        if (!Files.isSymbolicLink(path)) {
            return false;
        }
        links.add(path);
        try {
            return !path.toRealPath().startsWith(root);
        } catch (IOException toNothing) {
            return true;
        }
    }
}
