package io.colonnade.store.backup;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A backup: a zip archive of {@code backup.json}, which describes it, and {@code SCHEMA.sql} for each site. The directory at the
 * archive's end and the checksums reveal a truncated or damaged archive.
 */
final class BackupFile implements Closeable {
    private static final String ABOUT = "backup.json";
    private static final String SUFFIX = ".sql";
    private static final int FORMAT = 1;

    private final Path file;
    private final ZipFile zip;

    private BackupFile(Path file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
    }

    /** @throws IOException if the file is no complete and undamaged backup; the message says why */
    static BackupFile open(Path file) throws IOException {
        BackupFile backup;
        try {
            backup = new BackupFile(file, new ZipFile(file.toFile()));
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no file " + file, missing);
        } catch (ZipException wrong) {
            throw new IOException(
                    file + " is no backup of Colonnade's, or only a part of one (" + wrong.getMessage() + ")", wrong);
        }
        try {
            backup.check();
            return backup;
        } catch (IOException wrong) {
            backup.close();
            throw wrong;
        }
    }

    private void check() throws IOException {
        var about = zip.getEntry(ABOUT);
        if (about == null || format(about) != FORMAT) {
            throw new IOException(file + " is no backup of Colonnade's that this version can read");
        }
        for (var schema : schemas()) {
            if (!isWhole(schema)) {
                throw new IOException(
                        file + " is damaged: the statements of " + schema + " are not those that were written");
            }
        }
    }

    /** Whether the checksum is right, which {@link ZipFile} does not check itself. */
    private boolean isWhole(String schema) throws IOException {
        try (var statements = new CheckedInputStream(statements(schema), new CRC32())) {
            statements.transferTo(OutputStream.nullOutputStream());
            return statements.getChecksum().getValue()
                    == zip.getEntry(schema + SUFFIX).getCrc();
        } catch (ZipException | EOFException damaged) {
            return false;
        }
    }

    private int format(ZipEntry about) throws IOException {
        try (var text = zip.getInputStream(about)) {
            return new JsonObject(new String(text.readAllBytes(), StandardCharsets.UTF_8)).getInteger("format", 0);
        } catch (DecodeException | ClassCastException strange) {
            return 0;
        }
    }

    List<String> schemas() {
        return zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(SUFFIX))
                .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                .sorted()
                .toList();
    }

    InputStream statements(String schema) throws IOException {
        return zip.getInputStream(zip.getEntry(schema + SUFFIX));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** Writes the statements of a schema into a backup. */
    interface Writer {
        void write(String schema, OutputStream statements) throws IOException, InterruptedException;
    }

    static void write(OutputStream to, String server, Instant now, List<String> schemas, Writer writer)
            throws IOException, InterruptedException {
        try (var zip = new ZipOutputStream(to)) {
            zip.putNextEntry(new ZipEntry(ABOUT));
            var about =
                    new JsonObject().put("format", FORMAT).put("server", server).put("made", now.toString());
            zip.write(about.encodePrettily().getBytes(StandardCharsets.UTF_8));
            for (var schema : schemas) {
                zip.putNextEntry(new ZipEntry(schema + SUFFIX));
                writer.write(schema, zip);
            }
        }
    }
}
