package io.colonnade.store.galera;

import io.colonnade.core.Address;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.Tls;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/** A node's connection to its own Galera server. Every method blocks, for at most 3 s. */
public record MemberSession(Connection connection) implements AutoCloseable {
    private static final String TIMES = "connectTimeout=1000&socketTimeout=2000";
    private static final int NO_SUCH_USER = 1045;
    private static final int NO_SUCH_TABLE = 1146;
    private static final int NOT_READY = 1047;

    /**
     * The cluster as the server sees it.
     *
     * @param primary whether it can decide
     * @param connected whether the server is connected to the others, or tries to connect; if not, it must be started anew
     * @param members the addresses for clients of all members
     */
    public record View(boolean primary, boolean connected, List<Address> members) {

        /**
         * The view in the status variables and in the server's own table of members. Galera's list of addresses may be newer than the
         * server's view, and a server that joined while another did may keep one that is older. So the members are those of both: one too
         * many is waited for, one too few could be left behind with what only it has. Until they are as many as the server's view has, the
         * server does not count as one that can decide.
         *
         * @param table the addresses in {@code mysql.wsrep_cluster_members}, which the server writes with each view
         */
        static View of(Map<String, String> status, List<Address> table) {
            var members = new LinkedHashSet<>(addresses(status.getOrDefault("wsrep_incoming_addresses", "")));
            members.addAll(table);
            return new View(
                    "Primary".equals(status.get("wsrep_cluster_status"))
                            && "ON".equals(status.get("wsrep_ready"))
                            && members.size() >= size(status),
                    "ON".equals(status.get("wsrep_connected")),
                    List.copyOf(members));
        }

        /** More than there can be if the server does not say. */
        private static int size(Map<String, String> status) {
            var size = status.get("wsrep_cluster_size");
            return size == null || size.equals("0") ? Integer.MAX_VALUE : Integer.parseInt(size);
        }

        private static List<Address> addresses(String list) {
            return Stream.of(list.split(","))
                    .filter(address -> address.contains(":"))
                    .map(address -> Address.parse(address, 0))
                    .toList();
        }
    }

    /** Signs in with the first account that the server knows; empty if the server does not answer. */
    public static Optional<MemberSession> open(Address address, List<Database.Account> accounts) throws SQLException {
        for (var account : accounts) {
            try {
                var login = new Properties();
                login.put("user", account.user());
                login.put("password", account.password());
                var url = "jdbc:mariadb://" + address + "/?" + TIMES + "&" + Tls.NONE.jdbcParameters();
                return Optional.of(new MemberSession(DriverManager.getConnection(url, login)));
            } catch (SQLException refused) {
                if (refused.getErrorCode() != NO_SUCH_USER) {
                    return Optional.empty();
                }
            }
        }
        throw new SQLException("the server at " + address
                + " knows none of the accounts of the cluster's secret; if that was changed, "
                + "start the nodes with the former one as the second in the file");
    }

    public View view() throws SQLException {
        var status = new HashMap<String, String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_cluster_status',"
                        + " 'wsrep_ready', 'wsrep_connected', 'wsrep_cluster_size', 'wsrep_incoming_addresses')")) {
            while (rows.next()) {
                status.put(rows.getString(1), rows.getString(2));
            }
        }
        return View.of(status, "ON".equals(status.get("wsrep_ready")) ? membersInTable() : List.of());
    }

    /** None if the server has no such table, as before MariaDB 10.4, or has just ceased to be ready, when it refuses to read tables. */
    private List<Address> membersInTable() throws SQLException {
        var members = new ArrayList<Address>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT node_incoming_address FROM mysql.wsrep_cluster_members")) {
            while (rows.next()) {
                members.addAll(View.addresses(rows.getString(1)));
            }
        } catch (SQLException refused) {
            if (refused.getErrorCode() != NO_SUCH_TABLE && refused.getErrorCode() != NOT_READY) {
                throw refused;
            }
        }
        return members;
    }

    /** Creates an account for each secret that the cluster accepts, and drops those of secrets that it does not accept any more. */
    void allow(List<Database.Account> accounts) throws SQLException {
        var surplus = present();
        for (var account : accounts) {
            if (!surplus.remove(account.user())) {
                var user = quoted(account.user());
                run("CREATE USER IF NOT EXISTS " + user + " IDENTIFIED BY '" + account.password() + "'");
                run("GRANT ALL PRIVILEGES ON *.* TO " + user + " WITH GRANT OPTION");
            }
        }
        for (var user : surplus) {
            run("DROP USER IF EXISTS " + quoted(user));
        }
    }

    private Set<String> present() throws SQLException {
        var found = new HashSet<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT user FROM mysql.user")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        found.removeIf(user -> !user.startsWith(Database.Account.PREFIX));
        return found;
    }

    private static String quoted(String user) {
        return "'" + user + "'@'%'";
    }

    private void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
