package io.colonnade.store.mariadb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** A series of MariaDB, such as 11.4. A later series can read the data once it is upgraded; an earlier series cannot read it. */
record DataVersion(int major, int minor) implements Comparable<DataVersion> {
    private static final Pattern SERIES = Pattern.compile("(\\d+)\\.(\\d+)");
    private static final Comparator<DataVersion> ORDER =
            Comparator.comparingInt(DataVersion::major).thenComparingInt(DataVersion::minor);

    /** The first version in a text, such as the one that {@code mariadbd --version} prints. */
    static Optional<DataVersion> in(String text) {
        var series = SERIES.matcher(text);
        return series.find()
                ? Optional.of(new DataVersion(Integer.parseInt(series.group(1)), Integer.parseInt(series.group(2))))
                : Optional.empty();
    }

    /** The version in the file; empty if there is no file. */
    static Optional<DataVersion> read(Path file) throws IOException {
        return Files.exists(file) ? in(Files.readString(file)) : Optional.empty();
    }

    void write(Path file) throws IOException {
        Files.writeString(file, this + "\n");
    }

    @Override
    public int compareTo(DataVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
