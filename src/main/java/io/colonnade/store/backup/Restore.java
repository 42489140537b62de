package io.colonnade.store.backup;

import io.colonnade.core.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Restores the sites' schemas from a backup while the sites run. The statements first run in schemas of their own ({@code
 * SCHEMA~restored}). When all have succeeded, one {@code RENAME TABLE} exchanges the tables of all sites at once, after the
 * transactions under way have ended. The former tables stay in {@code SCHEMA~replaced} until the next restore. After a failure before
 * the exchange, the sites' tables are unchanged.
 *
 * <p>Rejected: running the statements in the sites' own schemas. A site would be without tables meanwhile, and have half of them after
 * a failure. Views, triggers, routines and events cannot be moved between schemas, so a schema that has any is refused.
 */
record Restore(DatabaseClient client, Clock clock, Consumer<String> progress) {
    private static final String RESTORED = Catalog.MARK + "restored";
    private static final String REPLACED = Catalog.MARK + "replaced";

    /** A row of a dump is larger than it was, as its bytes are written as text. */
    private static final long LARGEST_PACKET = 1L << 30;

    /** @throws IOException if the file is no complete backup, or contains what cannot be restored */
    void from(Path file) throws IOException, SQLException, InterruptedException {
        try (var backup = BackupFile.open(file);
                var connection = client.connect()) {
            var catalog = new Catalog(connection);
            for (var schema : backup.schemas()) {
                catalog.holdOffMigrations(schema);
                refuseUnmovable(catalog, schema, schema);
            }
            var packets = catalog.allowPackets(LARGEST_PACKET);
            try {
                load(backup, catalog);
                exchange(backup.schemas(), catalog);
            } finally {
                catalog.allowPackets(packets);
                for (var schema : backup.schemas()) {
                    catalog.drop(schema + RESTORED);
                }
            }
        }
    }

    private void load(BackupFile backup, Catalog catalog) throws IOException, SQLException, InterruptedException {
        for (var schema : backup.schemas()) {
            var fresh = schema + RESTORED;
            catalog.drop(fresh);
            catalog.create(fresh);
            try (var statements = Counted.input(backup.statements(schema), schema + ": ", clock, progress)) {
                client.load(fresh, statements);
            }
            refuseUnmovable(catalog, fresh, schema);
            progress.accept(schema + ": read");
        }
    }

    private static void refuseUnmovable(Catalog catalog, String place, String schema) throws IOException, SQLException {
        var unmovable = catalog.unmovable(place);
        if (!unmovable.isEmpty()) {
            throw new IOException("the schema " + schema + " has " + unmovable.get(0)
                    + ", which cannot be exchanged while the site runs; "
                    + "restore it by hand: the file is a zip archive of statements");
        }
    }

    private void exchange(List<String> schemas, Catalog catalog) throws SQLException {
        var renamings = new ArrayList<String>();
        for (var schema : schemas) {
            catalog.create(schema);
            catalog.drop(schema + REPLACED);
            catalog.create(schema + REPLACED);
            catalog.tables(schema).forEach(table -> renamings.add(Catalog.renaming(schema, schema + REPLACED, table)));
            catalog.tables(schema + RESTORED)
                    .forEach(table -> renamings.add(Catalog.renaming(schema + RESTORED, schema, table)));
        }
        if (!renamings.isEmpty()) {
            catalog.rename(renamings);
        }
        schemas.forEach(schema -> progress.accept(
                schema + ": restored; what it was is in `" + schema + REPLACED + "` until the next restore"));
    }
}
