package io.colonnade.it.harness;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A real node: a process of its own, started from the built jar. {@link #close} kills it. */
public final class Node implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final HttpClient ADMIN =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Launch launch;
    private final Process process;
    private volatile boolean frozen;

    private Node(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
    }

    /** Starts the process and does not wait until it is ready. */
    public static Node start(Launch launch) throws IOException {
        return new Node(launch, Processes.endWithTheTests(launch.start()));
    }

    /** Waits for the line {@code ready in}; fails with what the process printed. */
    public Node awaitReady() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(START_LIMIT)
                .until(() -> isReady() || !process.isAlive());
        if (!isReady()) {
            throw new AssertionError("the node ended with " + process.exitValue() + "\n" + printed());
        }
        return this;
    }

    public boolean isReady() {
        return out().lines().anyMatch(line -> line.startsWith("ready in "));
    }

    /** Whether the node is ready, and neither gone nor frozen. */
    boolean canAnswer() {
        return !frozen && isAlive() && isReady();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public Launch launch() {
        return launch;
    }

    public String name() {
        return banner("node", "(\\S+) .*");
    }

    /** The URL of the first site, with a slash at its end. */
    public String url() {
        return banner("site", "(\\S+)").replaceFirst("/*$", "/");
    }

    /** Where clients reach it. */
    public String host() {
        var machine = launch.machine();
        return machine == null ? "127.0.0.1" : machine.address();
    }

    /** The public port. */
    public int port() {
        return URI.create(url()).getPort();
    }

    public int adminPort() {
        return URI.create(banner("admin", "(\\S+)")).getPort();
    }

    /** The port of the name server. */
    public int dnsPort() {
        return Integer.parseInt(banner("dns", ".*:(\\d+)"));
    }

    /** The answer to {@code GET /status}. */
    public JsonObject status() {
        return new JsonObject(admin("/status"));
    }

    /** The entry for the member of that name in the status, if there is one. */
    public Optional<JsonObject> member(String name) {
        return members().stream()
                .filter(member -> name.equals(member.getString("name")))
                .findFirst();
    }

    /** The entries for all members in the status. */
    public List<JsonObject> members() {
        return status().getJsonArray("members").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    /** The body of the answer to {@code GET} on the admin port, whatever the status code is. */
    public String admin(String path) {
        var url = "http://127.0.0.1:" + adminPort() + path;
        var machine = launch.machine();
        try {
            return machine == null
                    ? adminHere(url)
                    : Processes.read(machine.running(List.of("curl", "-s", "-m", "5", url)));
        } catch (IOException unreachable) {
            throw new AssertionError("the admin port of " + name() + " does not answer\n" + printed(), unreachable);
        }
    }

    private static String adminHere(String url) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return ADMIN.send(request, BodyHandlers.ofString()).body();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** Everything that the node has logged so far. */
    public String log() {
        return read(launch.log());
    }

    /** Everything that the node has printed to standard output so far. */
    public String out() {
        return read(launch.out());
    }

    /** Kills the node as a failing machine would: the node can do nothing more. */
    public void kill9() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Freezes the node: its connections stay open and nothing answers. */
    public void sigstop() {
        frozen = true;
        signal("STOP");
    }

    public void sigcont() {
        signal("CONT");
        frozen = false;
    }

    /** Asks the node to stop. A second call asks it to stop at once. */
    public void sigterm() {
        signal("TERM");
    }

    /** Waits for the end of the process, a minute at most, and returns its exit code. */
    public int awaitExit() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the node is still there after a minute\n" + printed());
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        kill9();
    }

    private String banner(String label, String value) {
        var matcher = Pattern.compile("^ *" + label + " +" + value + " *$", Pattern.MULTILINE)
                .matcher(out());
        if (!matcher.find()) {
            throw new AssertionError("the node has not printed its " + label + "\n" + printed());
        }
        return matcher.group(1);
    }

    private void signal(String name) {
        Processes.run("kill", "-" + name, Long.toString(pid()));
    }

    private String printed() {
        return launch.flags() + "\n--- standard output\n" + out() + "\n--- log\n" + log();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
