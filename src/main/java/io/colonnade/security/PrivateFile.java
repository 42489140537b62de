package io.colonnade.security;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file that is for its owner. Blocks on the disk.
 *
 * @param what what the file is, in words, such as {@code secret file}
 */
record PrivateFile(Path path, String what) {
    private static final Set<PosixFilePermission> TOO_OPEN = EnumSet.of(
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    /** Reads the file, or throws a {@link SecretException} if others than its owner and group can read it, or change it. */
    String read() throws IOException {
        if (hasPermissions()) {
            var permissions = Files.getPosixFilePermissions(path);
            if (permissions.stream().anyMatch(TOO_OPEN::contains)) {
                throw new SecretException("the " + what + " " + path + " is open to others ("
                        + PosixFilePermissions.toString(permissions) + "); close it with: chmod 600 " + path);
            }
        }
        return Files.readString(path);
    }

    /**
     * Makes the file, which appears whole or not at all, and only if there is none: making a link fails where a move would replace
     * the file. Of processes that do so at once one makes the file.
     *
     * @param folder the permissions of the folder if it is made, such as {@code rwx------}
     */
    void makeIfMissing(String text, String folder) throws IOException {
        var parent = Files.createDirectories(path.toAbsolutePath().getParent(), withPermissions(folder));
        var draft = Files.createTempFile(parent, "secret", ".new", withPermissions("rw-------"));
        try {
            Files.writeString(draft, text + "\n");
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException madeByAnother) {
            // It is as good as ours.
        } finally {
            Files.delete(draft);
        }
    }

    private FileAttribute<?>[] withPermissions(String permissions) {
        return hasPermissions()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private boolean hasPermissions() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
