package io.colonnade.store.mariadb;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A lock of the operating system between processes, which ends with its process, however the process ends. Within one
 * process only one {@code DirectoryLock} of a file may be open. For use on one thread.
 */
public final class DirectoryLock implements Closeable {
    private final FileChannel channel;
    private @Nullable FileLock lock;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    public static DirectoryLock open(Path file) throws IOException {
        return new DirectoryLock(
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** Takes the lock if no other process has it; also true if this object holds it already. */
    public boolean tryExclusive() throws IOException {
        return tryLock(false);
    }

    /** Takes a share of the lock if no other process has it exclusively; also true if this object holds it already. */
    public boolean tryShared() throws IOException {
        return tryLock(true);
    }

    public void release() throws IOException {
        if (lock != null) {
            lock.release();
            lock = null;
        }
    }

    private boolean tryLock(boolean shared) throws IOException {
        if (lock == null) {
            try {
                lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            } catch (OverlappingFileLockException heldInThisProcess) {
                return false;
            }
        }
        return lock != null;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
