package io.colonnade.web;

import io.colonnade.config.SiteConfig;
import java.io.Closeable;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A site's jar, read as a zip, or its directory; none of its classes is loaded. A jar is open until {@link #close}, so that the files
 * are those of which {@link #content} is the digest.
 */
public final class SiteArchive implements Closeable {
    /** The value of {@code jar} that means the site that comes with the node. */
    public static final String BUNDLED = SiteConfig.BUNDLED_JAR;

    private static final Layout OWN_JAR = new Layout(List.of(""), "webroot/");
    private static final Layout IN_NODE = new Layout(List.of("foobar/", "io/colonnade/foobar/"), "foobar/webroot/");
    private static final String SERVICE = "META-INF/services/io.colonnade.site.Site";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String MAIN_VERTICLE = "Main-Verticle";

    /** Where the parts of a site are in its archive. */
    private record Layout(List<String> site, String webroot) {
        boolean has(String name) {
            return site.stream().anyMatch(name::startsWith) && !name.startsWith("META-INF/maven/");
        }
    }

    private final Closeable source;
    private final List<ArchiveEntry> webroot;
    private final String content;
    private final boolean site;

    private SiteArchive(Closeable source, List<ArchiveEntry> entries, Layout layout) throws IOException {
        this.source = source;
        this.webroot = entries.stream()
                .filter(entry -> entry.name().startsWith(layout.webroot()))
                .map(entry ->
                        entry.renamed(entry.name().substring(layout.webroot().length())))
                .toList();
        this.content = digest(
                entries.stream().filter(entry -> layout.has(entry.name())).toList());
        this.site = makesASite(entries);
    }

    /**
     * Opens a site's archive. Blocks.
     *
     * @param site of which {@code jar} is a file, a directory with what would be in the jar, or {@link #BUNDLED}
     * @throws IOException if it is missing or is no site; the message is one line for the user and names the file
     */
    public static SiteArchive open(SiteConfig site) throws IOException {
        var anyClasses = !site.mainVerticle().isEmpty() && !site.bundled();
        return anyClasses ? read(Path.of(site.jar()), OWN_JAR) : open(site.jar());
    }

    /** As {@link #open(SiteConfig)}, of a site whose configuration says no more than its jar. */
    static SiteArchive open(String jar) throws IOException {
        if (jar.equals(BUNDLED)) {
            return read(whereTheNodeIs(), IN_NODE);
        }
        var archive = read(Path.of(jar), OWN_JAR);
        if (!archive.site) {
            archive.close();
            throw new IOException(jar + " is no site: it has neither " + SERVICE + " nor " + MAIN_VERTICLE
                    + " in its manifest nor files in webroot/");
        }
        return archive;
    }

    /**
     * A digest of the names, sizes and CRC-32s of the site's files, in hexadecimal. Archives with the same files have the same
     * digest, whatever the times and the order of the files.
     */
    public String content() {
        return content;
    }

    /** The static files, by their paths below {@code webroot/}. */
    List<ArchiveEntry> webroot() {
        return webroot;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private static Path whereTheNodeIs() throws IOException {
        try {
            var location =
                    SiteArchive.class.getProtectionDomain().getCodeSource().getLocation();
            return Path.of(location.toURI());
        } catch (URISyntaxException unusual) {
            throw new IOException("the node's own jar cannot be found: " + unusual.getMessage(), unusual);
        }
    }

    private static SiteArchive read(Path archive, Layout layout) throws IOException {
        if (Files.isDirectory(archive)) {
            return new SiteArchive(() -> {}, ArchiveEntries.below(archive, layout.site()), layout);
        }
        var file = openZip(archive);
        try {
            return new SiteArchive(file, ArchiveEntries.of(file), layout);
        } catch (IOException unreadable) {
            file.close();
            throw new IOException(
                    "the site's jar " + archive + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static boolean makesASite(List<ArchiveEntry> entries) throws IOException {
        for (var entry : entries) {
            if (makesASite(entry)) {
                return true;
            }
        }
        return false;
    }

    private static ZipFile openZip(Path jar) throws IOException {
        if (!Files.isRegularFile(jar)) {
            throw new IOException(
                    "the site's jar " + jar + " does not exist; name a jar or a directory with --site or sites[].jar");
        }
        try {
            return new ZipFile(jar.toFile());
        } catch (ZipException notAZip) {
            throw new IOException("the site's jar " + jar + " is no jar: " + notAZip.getMessage(), notAZip);
        }
    }

    private static boolean makesASite(ArchiveEntry entry) throws IOException {
        return entry.name().equals(SERVICE)
                || entry.name().startsWith(OWN_JAR.webroot())
                || (entry.name().equals(MANIFEST) && hasMainVerticle(entry));
    }

    private static boolean hasMainVerticle(ArchiveEntry manifest) throws IOException {
        try (var content = manifest.content().open()) {
            return new Manifest(content).getMainAttributes().getValue(MAIN_VERTICLE) != null;
        }
    }

    private static String digest(List<ArchiveEntry> entries) {
        var sha = sha256();
        entries.stream().sorted(Comparator.comparing(ArchiveEntry::name)).forEach(entry -> {
            var line = entry.name() + '\0' + entry.size() + '\0' + entry.crc() + '\n';
            sha.update(line.getBytes(StandardCharsets.UTF_8));
        });
        return HexFormat.of().formatHex(sha.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
