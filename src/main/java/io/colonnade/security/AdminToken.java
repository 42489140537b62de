package io.colonnade.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * What somebody has to know to give orders at a node's admin port: the text in a file that only the node's user can read. It has a
 * form of its own, so that no other secret is taken for it.
 */
public final class AdminToken {
    private static final Pattern FORM = Pattern.compile("admin-[0-9a-f]{64}");
    private static final int BYTES = 32;
    private static final int LARGEST = 1024;

    private final String text;

    private AdminToken(String text) {
        this.text = text;
    }

    /**
     * Reads the file, and makes it with a fresh token if there is none; blocks on the disk.
     *
     * @throws SecretException if it cannot be read or made, is malformed, or is open to others
     */
    public static AdminToken readOrMake(Path path, SecureRandom random) {
        if (!Files.exists(path)) {
            var bytes = new byte[BYTES];
            random.nextBytes(bytes);
            try {
                file(path).makeIfMissing("admin-" + HexFormat.of().formatHex(bytes), "rwxr-xr-x");
            } catch (IOException | UnsupportedOperationException impossible) {
                throw new SecretException(
                        "the token file " + path + " of the admin port cannot be made (" + impossible
                                + "); name another with --set admin-token-file=FILE",
                        impossible);
            }
        }
        return read(path);
    }

    /**
     * Reads the file; blocks on the disk.
     *
     * @throws SecretException if it cannot be read, is malformed, or is open to others
     */
    public static AdminToken read(Path path) {
        try {
            var text = mayBeToken(path) ? file(path).read().strip() : "";
            if (FORM.matcher(text).matches()) {
                return new AdminToken(text);
            }
        } catch (IOException unreadable) {
            throw new SecretException("the token file " + path + " cannot be read (" + unreadable + ")", unreadable);
        }
        throw new SecretException("the token file " + path
                + " is malformed; delete it, and the node makes a new one when it is started again");
    }

    /** The path may be what a stranger's process has named: a pipe without a writer, or a file without end. */
    private static boolean mayBeToken(Path path) throws IOException {
        return Files.size(path) <= LARGEST && Files.isRegularFile(path);
    }

    private static PrivateFile file(Path path) {
        return new PrivateFile(path, "token file");
    }

    /** The text that a client sends. */
    public String text() {
        return text;
    }

    /** Whether the text is this token. The time that this takes does not depend on where the texts differ. */
    public boolean is(String other) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Proves to a client that the process at a port knows the token, without telling the token: 64 hexadecimal digits (HMAC with
     * SHA-256). Another user's process cannot pass the client's question on, because its port is another one.
     *
     * @param nonce what the client chose for this question
     * @param port the port that was asked
     */
    public String proof(String nonce, int port) {
        var hash = new HMac(new SHA256Digest());
        hash.init(new KeyParameter(text.getBytes(StandardCharsets.UTF_8)));
        var question = (port + " " + nonce).getBytes(StandardCharsets.UTF_8);
        hash.update(question, 0, question.length);
        var proof = new byte[hash.getMacSize()];
        hash.doFinal(proof, 0);
        return HexFormat.of().formatHex(proof);
    }

    /** Not the token. */
    @Override
    public String toString() {
        return "an admin token";
    }
}
