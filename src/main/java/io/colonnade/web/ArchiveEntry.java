package io.colonnade.web;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * One file of a site's archive.
 *
 * @param name the path in the archive, with slashes between its parts and none at the beginning
 * @param size of the content, in bytes
 * @param crc the CRC-32 of the content
 * @param modified the time of the last change, as the archive tells it
 * @param content opens the content
 */
record ArchiveEntry(String name, long size, long crc, Instant modified, Content content) {
    /** The source of the bytes. */
    interface Content {
        InputStream open() throws IOException;
    }

    ArchiveEntry renamed(String newName) {
        return new ArchiveEntry(newName, size, crc, modified, content);
    }
}
