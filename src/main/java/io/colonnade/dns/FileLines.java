package io.colonnade.dns;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that gives at most one line for each read, so that it is known at which line the reader is. */
final class FileLines extends InputStream {
    private final InputStream file;
    private boolean atStart = true;
    private int line;

    private FileLines(InputStream file) {
        this.file = file;
    }

    static FileLines open(Path path) throws IOException {
        return new FileLines(new BufferedInputStream(Files.newInputStream(path)));
    }

    /** The number of the line that was read last; the first has 1. */
    int line() {
        return line;
    }

    @Override
    public int read() throws IOException {
        var octet = file.read();
        if (octet >= 0 && atStart) {
            line++;
        }
        atStart = octet == '\n';
        return octet;
    }

    /** Reads at most to the end of the line. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var count = 0;
        while (count < length) {
            var octet = read();
            if (octet < 0) {
                return count == 0 ? -1 : count;
            }
            into[offset + count++] = (byte) octet;
            if (octet == '\n') {
                return count;
            }
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
