package io.colonnade.web;

import java.time.Duration;

/**
 * The settings of the web tier: which static files are held in memory, and how often directories are scanned.
 *
 * @param fileInMemory the largest file that is held in memory, in bytes; larger files are sent from disk. 0 to 16 MiB. Default 256 KiB
 * @param inMemory how many bytes of files the node holds in memory for all its sites together, but at most a quarter of the
 *     heap. Files that do not fit are sent from disk. 0 to 4 GiB. Default 64 MiB
 * @param recheck how often a {@code webroot} directory is looked at for changes; 100 ms to 1 hour. A directory whose scan takes
 *     long is scanned less often, so that scans take at most a twentieth of one core. Where Linux tells of changes (inotify; not
 *     on network file systems), what has changed is looked at in between. Default 1 s
 */
public record WebConfig(long fileInMemory, long inMemory, Duration recheck) {
    private static final long MIB = 1024 * 1024;

    public static final WebConfig DEFAULTS = new WebConfig(256 * 1024, 64 * MIB, Duration.ofSeconds(1));

    public WebConfig {
        if (fileInMemory < 0 || fileInMemory > 16 * MIB) {
            throw new IllegalArgumentException("file-in-memory is " + fileInMemory + "; allowed is 0 to 16 MiB");
        }
        if (inMemory < 0 || inMemory > 4096 * MIB) {
            throw new IllegalArgumentException("in-memory is " + inMemory + "; allowed is 0 to 4 GiB");
        }
        if (recheck.compareTo(Duration.ofMillis(100)) < 0 || recheck.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("recheck is " + recheck.toMillis() + " ms; allowed is 100 ms to 1 hour");
        }
    }
}
