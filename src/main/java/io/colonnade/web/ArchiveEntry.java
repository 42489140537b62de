package io.colonnade.web;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * One file of a site's archive.
 *
 * @param name its path in the archive, with slashes and without a leading one
 * @param crc the CRC-32 of its content
 * @param modified as the archive says
 */
record ArchiveEntry(String name, long size, long crc, Instant modified, Content content) {
    /** Where the bytes come from. */
    interface Content {
        InputStream open() throws IOException;
    }

    ArchiveEntry renamed(String newName) {
        return new ArchiveEntry(newName, size, crc, modified, content);
    }
}
