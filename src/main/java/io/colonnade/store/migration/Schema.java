package io.colonnade.store.migration;

import io.colonnade.store.server.Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import org.flywaydb.core.Flyway;

/**
 * A site's schema: its name, and how it is created and migrated. Every method that connects blocks.
 *
 * @param parent the schema of the database's address; {@code site} for the embedded server
 * @param site the site's name
 */
public record Schema(String parent, String site) {
    /** How long a node waits for another node that migrates. */
    private static final int LOCK_SECONDS = 60;

    /** The SQL state of a lost connection, after which a migration is tried again. */
    private static final String TRY_AGAIN = "08000";

    /** Access denied: to a schema, or to CREATE. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1227);

    /** The name of the site's own schema, such as {@code site_foobar}. */
    public String name() {
        return parent + "_" + site.replace('-', '_');
    }

    /**
     * Creates the schema if it does not exist, and runs the scripts that have not run in it yet. If several nodes do this at once, one
     * node runs the scripts and the others wait.
     *
     * @return the name of the schema that is used: {@link #name()}, or {@link #parent()} if the account may neither create nor use the
     *     former
     */
    public String migrate(Server server, MigrationScripts scripts) throws SQLException {
        var used = create(server);
        if (!scripts.isEmpty()) {
            try (var connection = connect(server)) {
                lock(connection, used);
                flyway(server, used, scripts).migrate();
            }
        }
        return used;
    }

    /**
     * Lets one node migrate at a time. Flyway takes its own lock only after it has created its table, which two nodes cannot do at
     * once.
     */
    private void lock(Connection connection, String schema) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT GET_LOCK(?, ?)")) {
            statement.setString(1, lockName(schema));
            statement.setInt(2, LOCK_SECONDS);
            try (var answer = statement.executeQuery()) {
                if (!answer.next() || answer.getInt(1) != 1) {
                    throw new SQLException("another node has been migrating " + schema + " for a minute", TRY_AGAIN);
                }
            }
        }
    }

    /** The name of the lock that must be held while the schema's tables are changed. */
    public static String lockName(String schema) {
        return "colonnade." + schema;
    }

    private String create(Server server) throws SQLException {
        try (var connection = connect(server);
                var statement = connection.createStatement()) {
            try {
                statement.execute("CREATE DATABASE IF NOT EXISTS `" + name() + "` CHARACTER SET utf8mb4");
                return name();
            } catch (SQLException failed) {
                if (DENIED.contains(failed.getErrorCode())) {
                    return parent;
                }
                throw failed;
            }
        }
    }

    public static Connection connect(Server server) throws SQLException {
        var login = new Properties();
        login.put("user", server.user());
        login.put("password", server.password());
        return DriverManager.getConnection(url(server, ""), login);
    }

    /** The name of the history table contains the site, because sites share a schema if the account may not create schemas. */
    private Flyway flyway(Server server, String schema, MigrationScripts scripts) {
        return Flyway.configure()
                .dataSource(url(server, schema), server.user(), server.password())
                .defaultSchema(schema)
                .table("migrations_" + site.replace('-', '_'))
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .resourceProvider(scripts)
                .locations(new String[0])
                .load();
    }

    private static String url(Server server, String schema) {
        return "jdbc:mariadb://" + server.address() + "/" + schema
                + "?connectTimeout=2000&allowPublicKeyRetrieval=true&tcpKeepAlive=true&"
                + server.tls().jdbcParameters();
    }
}
