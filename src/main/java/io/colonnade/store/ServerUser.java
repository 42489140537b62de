package io.colonnade.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The user of the operating system that the server runs as: the node's own, and never root where that can be helped. */
final class ServerUser {
    private static final Logger log = LoggerFactory.getLogger(ServerUser.class);
    private static final List<String> UNPRIVILEGED = List.of("mysql", "nobody");

    private ServerUser() {}

    /** The server's arguments that make it run as the right user; that user then owns the data. */
    static List<String> arguments(Path data) throws IOException {
        if (!isRoot()) {
            return List.of();
        }
        if (reachableByOthers(data)) {
            for (var user : UNPRIVILEGED) {
                if (owns(user, data)) {
                    return List.of("--user=" + user);
                }
            }
        }
        log.warn("the database runs as root, because no other user can reach {}; run the node as another user", data);
        return List.of("--user=root");
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private static boolean reachableByOthers(Path data) throws IOException {
        for (var parent = data.getParent(); parent != null; parent = parent.getParent()) {
            if (!Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    private static boolean owns(String user, Path data) throws IOException {
        try {
            var principal = data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
            try (var files = Files.walk(data)) {
                for (var file : (Iterable<Path>) files::iterator) {
                    Files.setOwner(file, principal);
                }
            }
            return true;
        } catch (UserPrincipalNotFoundException noSuchUser) {
            return false;
        }
    }
}
