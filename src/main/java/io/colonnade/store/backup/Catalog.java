package io.colonnade.store.backup;

import io.colonnade.store.migration.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The schemas and tables of a server, and the statements that move them. Every method blocks. */
record Catalog(Connection connection) {
    /** Separates a site's schema name from the suffix of our temporary schemas; no site's name can contain it. */
    static final String MARK = "~";

    private static final int LOCK_SECONDS = 60;
    private static final int METADATA_LOCK_SECONDS = 30;
    private static final String SYSTEM = "('mysql', 'sys', 'information_schema', 'performance_schema')";

    /** The schemas of sites. */
    List<String> schemas() throws SQLException {
        return column("SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT IN " + SYSTEM
                + " AND schema_name NOT LIKE '%" + MARK + "%' ORDER BY schema_name");
    }

    List<String> tables(String schema) throws SQLException {
        return column(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = ? ORDER BY table_name", schema);
    }

    /** The objects that cannot be moved to another schema, such as {@code the view totals}. */
    List<String> unmovable(String schema) throws SQLException {
        return column(
                """
                SELECT CONCAT('the view ', table_name) FROM information_schema.tables
                  WHERE table_schema = ? AND table_type <> 'BASE TABLE'
                UNION ALL SELECT CONCAT('the trigger ', trigger_name) FROM information_schema.triggers WHERE trigger_schema = ?
                UNION ALL SELECT CONCAT('the routine ', routine_name) FROM information_schema.routines WHERE routine_schema = ?
                UNION ALL SELECT CONCAT('the event ', event_name) FROM information_schema.events WHERE event_schema = ?
                """,
                schema,
                schema,
                schema,
                schema);
    }

    String version() throws SQLException {
        return column("SELECT VERSION()").get(0);
    }

    /** Waits until no node migrates the schema, and prevents migrations until the connection is closed. */
    void holdOffMigrations(String schema) throws SQLException {
        var lock = column("SELECT GET_LOCK(?, " + LOCK_SECONDS + ")", Schema.lockName(schema));
        if (!lock.get(0).equals("1")) {
            throw new SQLException("a node has been migrating " + schema + " for a minute; try again later");
        }
    }

    void create(String schema) throws SQLException {
        run("CREATE DATABASE IF NOT EXISTS " + quoted(schema) + " CHARACTER SET utf8mb4");
    }

    void drop(String schema) throws SQLException {
        run("DROP DATABASE IF EXISTS " + quoted(schema));
    }

    /** Renames all tables, or none. Waits for the transactions that use them. */
    void rename(List<String> renamings) throws SQLException {
        run("SET lock_wait_timeout = " + METADATA_LOCK_SECONDS);
        run("RENAME TABLE " + String.join(", ", renamings));
    }

    static String renaming(String fromSchema, String toSchema, String table) {
        return quoted(fromSchema) + "." + quoted(table) + " TO " + quoted(toSchema) + "." + quoted(table);
    }

    /** Sets the largest packet of new connections; returns the former limit. */
    long allowPackets(long bytes) throws SQLException {
        var before = Long.parseLong(column("SELECT @@GLOBAL.max_allowed_packet").get(0));
        run("SET GLOBAL max_allowed_packet = " + bytes);
        return before;
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> column(String sql, String... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (var rows = statement.executeQuery()) {
                var values = new ArrayList<String>();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
                return values;
            }
        }
    }
}
