package io.colonnade.store.mariadb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The user of the operating system that the server runs as: not root, if there is another choice. */
public final class ServerUser {
    private static final Logger log = LoggerFactory.getLogger(ServerUser.class);
    private static final List<String> UNPRIVILEGED = List.of("mysql", "nobody");
    private static final String ROOT = "root";

    private ServerUser() {}

    /** The user for a server with its files in the directory; empty for the node's own user, which is the choice unless that is root. */
    public static String of(Path directory) throws IOException {
        if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            return "";
        }
        if (othersPass(directory)) {
            for (var user : UNPRIVILEGED) {
                if (principal(directory, user).isPresent()) {
                    return user;
                }
            }
        }
        log.warn("the database runs as root, as no other user can reach {}; run the node as another user", directory);
        return ROOT;
    }

    /** Gives an empty directory to the user. */
    public static void own(String user, Path directory) throws IOException {
        var principal = user.isEmpty() ? Optional.<UserPrincipal>empty() : principal(directory, user);
        if (principal.isPresent()) {
            Files.setOwner(directory, principal.get());
        }
    }

    private static boolean othersPass(Path directory) throws IOException {
        for (var each = directory; each != null; each = each.getParent()) {
            if (!Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<UserPrincipal> principal(Path directory, String user) throws IOException {
        try {
            return Optional.of(
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
        } catch (UserPrincipalNotFoundException noSuchUser) {
            return Optional.empty();
        }
    }
}
