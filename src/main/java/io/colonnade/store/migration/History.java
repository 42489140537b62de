package io.colonnade.store.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The table in which Flyway notes which of a site's scripts have run.
 *
 * @param connection open while this is used
 */
record History(Connection connection, String schema, String table) {
    /** The start of the table's name; the site's follows. */
    static final String PREFIX = "migrations_";

    boolean exists() throws SQLException {
        return !column(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
                        schema,
                        table)
                .isEmpty();
    }

    /** Forgets that scripts have failed, so that they run again; returns how many. */
    int forgetFailures() throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate("DELETE FROM " + quoted(schema, table) + " WHERE success = 0");
        }
    }

    /** The schemas of other sites all of whose scripts have run here too: likely the same site under another name. */
    List<String> twins() throws SQLException {
        var twins = new ArrayList<String>();
        for (var other : others()) {
            var theirs = quoted(other.schema(), other.table());
            var here =
                    column("SELECT MIN(CASE WHEN o.checksum IS NULL THEN 0 ELSE 1 END) FROM " + theirs + " h LEFT JOIN "
                            + quoted(schema, table)
                            + " o ON o.version = h.version AND o.checksum = h.checksum AND o.success = 1"
                            + " WHERE h.success = 1 AND h.checksum IS NOT NULL");
            if (here.contains("1")) {
                twins.add(other.schema());
            }
        }
        return List.copyOf(twins);
    }

    private List<History> others() throws SQLException {
        var others = new ArrayList<History>();
        try (var statement = prepare(
                        "SELECT table_schema, table_name FROM information_schema.tables"
                                + " WHERE table_name LIKE ? AND table_schema NOT LIKE '%~%'"
                                + " AND NOT (table_schema = ? AND table_name = ?)",
                        PREFIX.replace("_", "\\_") + "%", schema, table);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                others.add(new History(connection, rows.getString(1), rows.getString(2)));
            }
        }
        return others;
    }

    private List<String> column(String sql, String... parameters) throws SQLException {
        var values = new ArrayList<String>();
        try (var statement = prepare(sql, parameters);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
        }
        return values;
    }

    private PreparedStatement prepare(String sql, String... parameters) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (var i = 0; i < parameters.length; i++) {
            statement.setString(i + 1, parameters[i]);
        }
        return statement;
    }

    private static String quoted(String schema, String table) {
        return "`" + schema + "`.`" + table + "`";
    }
}
