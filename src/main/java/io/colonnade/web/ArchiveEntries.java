package io.colonnade.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Lists the files of an archive. In tests, a directory of classes takes the place of the node's jar. */
final class ArchiveEntries {
    private ArchiveEntries() {}

    static List<ArchiveEntry> of(ZipFile zip) {
        return zip.stream()
                .filter(entry -> !entry.isDirectory())
                .map(entry -> entry(zip, entry))
                .toList();
    }

    static List<ArchiveEntry> below(Path root, List<String> folders) throws IOException {
        var entries = new ArrayList<ArchiveEntry>();
        for (var folder : folders) {
            addFiles(root, root.resolve(folder), entries);
        }
        return entries;
    }

    private static ArchiveEntry entry(ZipFile zip, ZipEntry entry) {
        // Times in a zip have no zone. UTC is taken, so that all nodes agree.
        var modified = entry.getTimeLocal().toInstant(ZoneOffset.UTC);
        return new ArchiveEntry(
                entry.getName(), entry.getSize(), entry.getCrc(), modified, () -> zip.getInputStream(entry));
    }

    private static void addFiles(Path root, Path folder, List<ArchiveEntry> entries) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                entries.add(entry(root, file));
            }
        }
    }

    private static ArchiveEntry entry(Path root, Path file) throws IOException {
        var name = root.relativize(file).toString().replace('\\', '/');
        var modified = Files.getLastModifiedTime(file).toInstant();
        return new ArchiveEntry(name, Files.size(file), crc(file), modified, () -> Files.newInputStream(file));
    }

    private static long crc(Path file) throws IOException {
        try (var in = new CheckedInputStream(Files.newInputStream(file), new CRC32())) {
            in.transferTo(OutputStream.nullOutputStream());
            return in.getChecksum().getValue();
        }
    }
}
