package io.colonnade.it.database;

import io.colonnade.it.harness.FreePorts;
import io.colonnade.it.harness.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * One MariaDB server. Sites sign in to it as the user {@code board} with the password {@code secret}. This user has all rights on the
 * schemas {@code board}, which exists, and {@code board_*}, may look at replication, and is bound to read-only mode. The ground's own
 * user may do everything.
 *
 * <p>The server is a process group of its own under a shell that reads from this JVM: when the JVM ends, however it ends, so does the
 * group.
 */
public final class MariaDb implements AutoCloseable {
    /** Small files, and a commit that survives the loss of power as it does by default. */
    static final List<String> SMALL = List.of("--innodb-log-file-size=8M", "--innodb-buffer-pool-size=32M");

    /** Whichever ends first, the server or the input, ends both and what else the server has started. */
    private static final String UNTIL_THE_TESTS_END = "(\"$@\"; kill -KILL 0) & read end; kill -KILL 0";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private final List<String> options;
    private boolean readOnly;
    private @Nullable Process group;

    private MariaDb(Path folder, int port, List<String> options) {
        this.folder = folder;
        this.port = port;
        this.options = options;
    }

    /** Starts a server on a free port, in a folder of its own. */
    public static MariaDb open(String... options) throws IOException {
        Packages.assumeServer();
        var server = installed(FreePorts.block(1), List.of(options));
        try {
            server.start();
            return server.awaitAnswer();
        } catch (IOException | RuntimeException | AssertionError failed) {
            server.close();
            throw failed;
        }
    }

    /** A server that does not run yet. */
    static MariaDb installed(int port, List<String> options) throws IOException {
        var folder = ServerFolder.create();
        ServerFolder.install(folder.resolve("data"));
        return new MariaDb(folder, port, options);
    }

    public int port() {
        return port;
    }

    /** Its address as a node's configuration has it, without the password. */
    public String url() {
        return "mysql://board@127.0.0.1:" + port + "/board";
    }

    /** Starts the process, and waits for nothing. */
    public void start(String... more) throws IOException {
        var command = new ArrayList<>(List.of("setsid", "sh", "-c", UNTIL_THE_TESTS_END, "sh"));
        command.addAll(List.of(Packages.SERVER.toString(), "--no-defaults", "--datadir=" + folder.resolve("data")));
        command.add(ServerFolder.temporaryIn(folder.resolve("data")));
        command.addAll(Packages.userOption());
        command.addAll(SMALL);
        command.addAll(List.of("--bind-address=127.0.0.1", "--port=" + port, "--socket=" + folder.resolve("data/s")));
        command.addAll(List.of("--skip-name-resolve", "--character-set-server=utf8mb4", "--max-connections=500"));
        command.addAll(options);
        command.addAll(List.of(more));
        if (readOnly) {
            command.add("--read-only");
        }
        group = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    /** Waits until a statement is answered; at most a minute. */
    public MariaDb awaitAnswer() {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> answers() || !isAlive());
        if (!answers()) {
            throw new AssertionError("the server does not answer\n" + printed());
        }
        return this;
    }

    private boolean answers() {
        try {
            return value("SELECT 1").equals("1");
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** The server's process. */
    public long pid() {
        return process().orElseThrow().pid();
    }

    public boolean isAlive() {
        return group != null && group.isAlive();
    }

    /** Kills it as a failing machine would. */
    public void kill9() {
        if (isAlive()) {
            Processes.run("kill", "-KILL", "--", "-" + group.pid());
            awaitEnd();
        }
    }

    /** Freezes it: its connections stay open and nothing answers. */
    public void sigstop() {
        signal("STOP");
    }

    public void sigcont() {
        signal("CONT");
    }

    /** Stops it in order, and waits until that is done. */
    public void stop() {
        signal("TERM");
        awaitEnd();
    }

    /** What was killed is a moment longer in the table of processes; without its command if nobody waits for it. */
    private void awaitEnd() {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !isAlive() && process().isEmpty());
    }

    /** Whether ordinary users may only read; remembered over a restart. */
    public void readOnly(boolean only) throws SQLException {
        readOnly = only;
        execute("SET GLOBAL read_only = " + (only ? 1 : 0));
    }

    /** Runs a statement with all rights. */
    public void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row of a query with all rights; empty if there is none. */
    public String value(String sql) throws SQLException {
        return column(sql).stream().findFirst().orElse("");
    }

    /** The first column of a query with all rights. */
    public List<String> column(String sql) throws SQLException {
        try (var connection = connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** The first row of a query with all rights, by the names of its columns; empty if there is none. */
    public Map<String, String> row(String sql) throws SQLException {
        try (var connection = connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            var row = new LinkedHashMap<String, String>();
            var columns = rows.getMetaData();
            var present = rows.next();
            for (var i = 1; present && i <= columns.getColumnCount(); i++) {
                row.put(columns.getColumnLabel(i), rows.getString(i));
            }
            return row;
        }
    }

    /** A connection with all rights, on no schema. Every statement has 5 s. */
    public Connection connect() throws SQLException {
        var login = new Properties();
        login.put("user", "ground");
        login.put("password", "ground");
        var url = "jdbc:mariadb://127.0.0.1:" + port + "/?sslMode=disable&connectTimeout=2000&socketTimeout=5000";
        return DriverManager.getConnection(url, login);
    }

    /** What it has logged. */
    public String log(int lastLines) {
        try {
            var lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - lastLines), lines.size()));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private Path log() {
        return folder.resolve("log.txt");
    }

    private void signal(String name) {
        Processes.run("kill", "-" + name, Long.toString(process().orElseThrow().pid()));
    }

    private Optional<ProcessHandle> process() {
        var ours = "--datadir=" + folder.resolve("data");
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(Packages.SERVER.toString()::equals)
                        .isPresent())
                .filter(process ->
                        process.info().arguments().stream().flatMap(Stream::of).anyMatch(ours::equals))
                .findFirst();
    }

    private String printed() {
        return options + "\n" + log(40);
    }

    @Override
    public void close() {
        kill9();
        Processes.killThoseIn(folder); // what copies data to another node
        ServerFolder.delete(folder);
    }
}
