package io.colonnade.store.backup;

import io.colonnade.core.Clock;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/** Counts the bytes of a stream, and reports the number once a second. */
final class Counted {
    private static final long PACE_NANOS = 1_000_000_000;
    private static final long MIB = 1024 * 1024;

    private final String what;
    private final Clock clock;
    private final Consumer<String> progress;
    private long bytes;
    private long saidAt;

    private Counted(String what, Clock clock, Consumer<String> progress) {
        this.what = what;
        this.clock = clock;
        this.progress = progress;
        this.saidAt = clock.nanos();
    }

    static OutputStream output(OutputStream to, String what, Clock clock, Consumer<String> progress) {
        var counted = new Counted(what, clock, progress);
        return new FilterOutputStream(to) {
            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                out.write(source, offset, length);
                counted.add(length);
            }
        };
    }

    static InputStream input(InputStream from, String what, Clock clock, Consumer<String> progress) {
        var counted = new Counted(what, clock, progress);
        return new FilterInputStream(from) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                var read = in.read(target, offset, length);
                counted.add(Math.max(0, read));
                return read;
            }
        };
    }

    private void add(int length) {
        bytes += length;
        if (clock.nanos() - saidAt >= PACE_NANOS) {
            saidAt = clock.nanos();
            progress.accept(what + megabytes(bytes));
        }
    }

    /** Such as {@code 3.2 MiB}. */
    static String megabytes(long bytes) {
        return "%.1f MiB".formatted((double) bytes / MIB);
    }
}
