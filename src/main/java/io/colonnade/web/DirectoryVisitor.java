package io.colonnade.web;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the files below a directory. Follows symbolic links, but not those that lead out of the directory. */
final class DirectoryVisitor extends SimpleFileVisitor<Path> {
    private static final Logger log = LoggerFactory.getLogger(DirectoryVisitor.class);

    /** Receives each file that is found. */
    interface Found {
        void file(String name, Path file, BasicFileAttributes attributes) throws IOException;
    }

    private final Path root;
    private final Found found;

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

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return leadsOut(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        var name = root.relativize(file).toString().replace(File.separatorChar, '/');
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
        try {
            return Files.isSymbolicLink(path) && !path.toRealPath().startsWith(root);
        } catch (IOException toNothing) {
            return true;
        }
    }
}
