package io.colonnade.store.mariadb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/** The file that the server writes its log to: it and the one before it have 16 MiB each at most. */
public record ServerLog(Path file) {
    private static final long LARGEST = 16 << 20;
    private static final int TAIL = 64 << 10;
    private static final String ERROR = "[ERROR]";

    /**
     * Moves what was written so far into a file beside it, if it is much. The server appends, whatever the length is, so that
     * it can go on; a line that it writes in between is lost.
     */
    public void rotate() throws IOException {
        if (Files.exists(file) && Files.size(file) >= LARGEST) {
            Files.copy(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        }
    }

    /** The first error among the lines from an offset on, without its time and number: it is what the others follow from. */
    public Optional<String> errorAfter(long offset) throws IOException {
        var bytes = Files.readAllBytes(file);
        var from = (int) Math.max(Math.min(offset, bytes.length), bytes.length - TAIL);
        return new String(Arrays.copyOfRange(bytes, from, bytes.length), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(ERROR))
                .map(line ->
                        line.substring(line.indexOf(ERROR) + ERROR.length()).strip())
                .findFirst();
    }

    public long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
