package io.colonnade.store.mariadb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The space on the disk of a server's data. A server that finds no space for what it must write, such as the undoing of a row, ends, and
 * then cannot start. So writes are refused while there still is some, and a file is kept in reserve that is given up when even that
 * space goes.
 *
 * <p>Example: on a disk of 110 MiB, writes are refused below 9 MiB, and the reserve has 14 MiB. On large disks both are 64 MiB.
 *
 * <p>Any thread.
 */
public final class DiskSpace {
    private static final Logger log = LoggerFactory.getLogger(DiskSpace.class);
    private static final long MIB = 1 << 20;
    private static final long LARGEST = 64 * MIB;

    /** A server makes a file of 12 MiB for temporary tables when it starts. */
    private static final long LEAST_RESERVE = 14 * MIB;

    private static final long LEAST_FREE = 8 * MIB;
    private static final int PIECE = (int) MIB;

    private final Path reserve;
    private final Measure measure;
    private boolean full;

    /** The space of a disk, in bytes. */
    interface Measure {
        long total() throws IOException;

        long usable() throws IOException;
    }

    DiskSpace(Path reserve, Measure measure) {
        this.reserve = reserve;
        this.measure = measure;
    }

    /** The disk of the directory. It is looked up once: that reads all mounts, and costs thirty times as much as to measure. */
    public static DiskSpace of(DatabaseDirectory directory) throws IOException {
        var root = directory.root();
        var disk = Files.getFileStore(root);
        return new DiskSpace(root.resolve("reserve"), new Measure() {
            @Override
            public long total() throws IOException {
                return disk.getTotalSpace();
            }

            @Override
            public long usable() throws IOException {
                return disk.getUsableSpace();
            }
        });
    }

    /**
     * Measures, and makes the reserve or gives it up.
     *
     * @return whether writes are to be refused now
     */
    public synchronized boolean isFull() throws IOException {
        var usable = measure.usable();
        var least = leastFree();
        if (usable < least) {
            tellIfNew(usable);
            full = true;
            if (usable < least / 2) {
                giveUpReserve();
            }
        } else if (Files.exists(reserve)) {
            full = full && usable < least + least / 2;
        } else if (usable >= least + least / 2 + reserveSize()) {
            full = !makeReserve();
        }
        return full;
    }

    /** Gives the reserve up if a server could not start without it. */
    public synchronized void makeRoomForStart() throws IOException {
        if (measure.usable() < LEAST_RESERVE) {
            giveUpReserve();
        }
    }

    private void tellIfNew(long usable) {
        if (!full) {
            log.warn(
                    "the disk of {} has only {} MiB left, so writes to the database are refused; free some space there",
                    reserve.getParent(),
                    usable / MIB);
        }
    }

    private void giveUpReserve() throws IOException {
        if (Files.deleteIfExists(reserve)) {
            log.warn("the database gets its reserve of disk space, {}", reserve);
        }
    }

    /** False if the space is gone meanwhile. */
    private boolean makeReserve() throws IOException {
        var fresh = reserve.resolveSibling("reserve.new");
        try (var channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var piece = ByteBuffer.allocate(PIECE);
            for (var left = reserveSize(); left > 0; left -= PIECE) {
                channel.write(piece.clear());
            }
        } catch (IOException noSpace) {
            Files.deleteIfExists(fresh);
            return false;
        }
        Files.move(fresh, reserve);
        return true;
    }

    private long leastFree() throws IOException {
        return Math.min(LARGEST, Math.max(LEAST_FREE, measure.total() / 12));
    }

    private long reserveSize() throws IOException {
        return Math.min(LARGEST, Math.max(LEAST_RESERVE, measure.total() / 8));
    }
}
