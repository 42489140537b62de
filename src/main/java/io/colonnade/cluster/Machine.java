package io.colonnade.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether two nodes run on one machine, where they can share a port, without telling which machine it is. */
final class Machine {
    private Machine() {}

    /**
     * 16 hexadecimal digits. On Linux they are a digest of the machine's id, its present boot and the network of the process
     * (containers have their own). On other systems they are a digest of the host name.
     */
    static String id() {
        var known = line("/etc/machine-id") + line("/proc/sys/kernel/random/boot_id") + network();
        return digest(known.isEmpty() ? hostName() : known);
    }

    private static String line(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException absent) {
            return "";
        }
    }

    private static String network() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
        } catch (IOException | UnsupportedOperationException absent) {
            return "";
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException unnamed) {
            return "localhost";
        }
    }

    private static String digest(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
