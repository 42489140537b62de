package io.colonnade.node;

import io.colonnade.config.SiteConfig;
import io.colonnade.node.settings.StartException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The node's own copies of its sites' jars, each named by the SHA-256 of its content. The sites run from these, so that a jar that is
 * written over while they run does them no harm.
 */
final class JarCopies {
    private static final String ENDING = ".jar";
    private static final String UNFINISHED = ".part";

    private final Path folder;

    /** @param folder where the copies are, which belongs to this node alone; created when it is needed */
    JarCopies(Path folder) {
        this.folder = folder;
    }

    /**
     * The sites with the copies in place of their jars. Copies of other jars are deleted. What is no file is left as it is. Blocks.
     *
     * @throws StartException if a jar cannot be copied
     */
    List<SiteConfig> of(List<SiteConfig> sites) {
        try {
            var copied = new ArrayList<SiteConfig>();
            for (var site : sites) {
                copied.add(isCopied(site) ? site.from(copy(Path.of(site.jar()))) : site);
            }
            deleteOthers(copied.stream().map(SiteConfig::jar).collect(Collectors.toUnmodifiableSet()));
            return List.copyOf(copied);
        } catch (IOException failed) {
            throw new StartException("the sites' jars cannot be copied to " + folder + " (" + failed + ")", failed);
        }
    }

    /** Whether the site runs from a copy: it is neither in the node's own jar nor in a directory. */
    static boolean isCopied(SiteConfig site) {
        return !site.bundled() && Files.isRegularFile(Path.of(site.jar()));
    }

    private Path copy(Path jar) throws IOException {
        var digest = sha256();
        var unfinished = Files.createDirectories(folder).resolve(jar.getFileName() + UNFINISHED);
        try (var content = new DigestInputStream(Files.newInputStream(jar), digest)) {
            Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
        }
        var copy = folder.resolve(HexFormat.of().formatHex(digest.digest()) + ENDING);
        return Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
    }

    private void deleteOthers(Set<String> used) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*{" + ENDING + "," + UNFINISHED + "}")) {
            for (var file : files) {
                if (!used.contains(file.toString())) {
                    Files.delete(file);
                }
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
