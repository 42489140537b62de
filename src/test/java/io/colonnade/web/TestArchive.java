package io.colonnade.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes the jars of tests. */
final class TestArchive {
    static final LocalDateTime MODIFIED = LocalDateTime.of(2025, 3, 4, 5, 6, 8);

    private TestArchive() {}

    static Path jar(Path file, Map<String, String> entries) throws IOException {
        return jar(file, entries, MODIFIED);
    }

    static Path jar(Path file, Map<String, String> entries, LocalDateTime modified) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                var header = new ZipEntry(entry.getKey());
                header.setTimeLocal(modified);
                zip.putNextEntry(header);
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }
}
