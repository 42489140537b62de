package io.colonnade.store.supervision;

import io.colonnade.store.server.Server;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Tells all nodes that nothing is to be written to a server whose disk is full, by the server's variable {@code read_only}, which their
 * probes read. The nodes' account may write in spite of it, so what has begun can end.
 */
final class WriteStop {
    /** The server's argument with which it begins so. */
    static final String FROM_THE_START = "--read-only";

    private static final String PARAMETERS = "/?connectTimeout=2000&socketTimeout=2000";

    private final Server server;
    private @Nullable Boolean told;

    WriteStop(Server server) {
        this.server = server;
    }

    boolean isOf(Server other) {
        return server.equals(other);
    }

    void set(boolean stop) throws SQLException {
        if (told == null || stop != told) {
            var login = new Properties();
            login.put("user", server.user());
            login.put("password", server.password());
            try (var connection =
                            DriverManager.getConnection("jdbc:mariadb://" + server.address() + PARAMETERS, login);
                    var statement = connection.createStatement()) {
                statement.execute("SET GLOBAL read_only = " + (stop ? 1 : 0));
            }
            told = stop;
        }
    }
}
