package io.colonnade.store.migration;

import io.colonnade.store.server.Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A site's schema: its name, and how it is created and migrated. Every method that connects blocks.
 *
 * @param parent the schema of the database's address; {@code site} for the embedded server
 * @param site the site's name
 */
public record Schema(String parent, String site) {
    /** The parent of the schemas on servers that the nodes run. */
    public static final String ON_OWN_SERVERS = "site";

    private static final Logger log = LoggerFactory.getLogger(Schema.class);

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
     * What a migration has led to.
     *
     * @param schema that is used: {@link #name()}, or {@link #parent()} if the account may neither create nor use the former
     * @param twins if the site's tables were made just now, the schemas in which the same scripts have run: those of other sites with
     *     the same scripts, or of this site when it had another name
     */
    public record Migrated(String schema, List<String> twins) {}

    /**
     * Creates the schema if it does not exist, and runs the scripts that have not run in it yet. If several nodes do this at once, one
     * node runs the scripts and the others wait. A script that has failed runs again if it was changed since.
     */
    public Migrated migrate(Server server, MigrationScripts scripts) throws SQLException {
        var used = create(server);
        if (scripts.isEmpty()) {
            return new Migrated(used, List.of());
        }
        try (var connection = connect(server)) {
            lock(connection, used);
            var history = history(connection, used);
            var flyway = flyway(server, used, scripts);
            var isNew = !history.exists();
            if (!isNew) {
                forgetCorrected(flyway, history);
            }
            flyway.migrate();
            return new Migrated(used, isNew ? history.twins() : List.of());
        }
    }

    private void forgetCorrected(Flyway flyway, History history) throws SQLException {
        for (var script : flyway.info().all()) {
            if (!script.getState().isFailed()) {
                continue;
            }
            if (Objects.equals(script.getAppliedChecksum(), script.getResolvedChecksum())) {
                throw new SQLException("the script " + script.getScript() + " has failed before, and is still the same;"
                        + " correct it, or undo what it has done and forget the failure with the command `database repair "
                        + site + "`");
            }
            log.info("the script {} was changed after it had failed, so it runs again", script.getScript());
            history.forgetFailures();
        }
    }

    /** Forgets that scripts have failed, so that the next {@link #migrate} runs them again; returns how many. */
    public int forgetFailures(Server server) throws SQLException {
        try (var connection = connect(server)) {
            var own = history(connection, name());
            lock(connection, name());
            return own.exists() ? own.forgetFailures() : 0;
        }
    }

    private History history(Connection connection, String schema) {
        return new History(connection, schema, historyTable());
    }

    /** The name contains the site, because sites share a schema if the account may not create schemas. */
    private String historyTable() {
        return History.PREFIX + site.replace('-', '_');
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

    private Flyway flyway(Server server, String schema, MigrationScripts scripts) {
        return Flyway.configure()
                .dataSource(url(server, schema), server.user(), server.password())
                .defaultSchema(schema)
                .table(historyTable())
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
