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

/** The server's log file. It and its predecessor have at most 16 MiB each. */
public record ServerLog(Path file) {
    private static final long LARGEST = 16 << 20;
    private static final int TAIL = 64 << 10;
    private static final String ERROR = "[ERROR]";

    /**
     * Moves the log into a file beside it once it is large. The server appends at any length, so it simply continues; a line that it
     * writes during the move is lost.
     */
    public void rotate() throws IOException {
        if (Files.exists(file) && Files.size(file) >= LARGEST) {
            Files.copy(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        }
    }

    /** The first error after an offset, without its time and number; later errors usually follow from the first. */
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
