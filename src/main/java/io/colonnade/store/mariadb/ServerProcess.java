package io.colonnade.store.mariadb;

import io.colonnade.core.Address;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running MariaDB server. It is found in the table of processes: a process with our data directory among its arguments
 * is our server, whichever node started it. There is no file with its number that could be wrong.
 */
public record ServerProcess(ProcessHandle handle, Path data) {
    private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);

    /** The program that copies a server's data to another member has the server's own arguments after this one. */
    private static final String ARGUMENTS_OF_ANOTHER = "--mysqld-args";

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    /** The server that runs on the data, whichever node started it. */
    public static Optional<ServerProcess> find(Path data) {
        return ProcessHandle.allProcesses()
                .map(handle -> new ServerProcess(handle, data))
                .filter(ServerProcess::isAlive)
                .findFirst();
    }

    /** Starts a server in a session of its own, so that signals of the node's terminal and the node's death do not reach it. */
    public static ServerProcess start(List<String> command, DatabaseDirectory directory) throws IOException {
        var detached = new ArrayList<String>();
        if (Files.isExecutable(SETSID)) {
            detached.add(SETSID.toString());
        }
        detached.addAll(command);
        var process = ChildProcess.of(detached)
                .directory(directory.root().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.log().toFile()))
                .start();
        return new ServerProcess(process.toHandle(), directory.data());
    }

    static String dataArgument(Path data) {
        return "--datadir=" + data;
    }

    static String portArgument(Address address) {
        return "--port=" + address.port();
    }

    public long pid() {
        return handle.pid();
    }

    /** Whether the server runs. A zombie process has no arguments any more, and so does not count. */
    public boolean isAlive() {
        return hasArgument(dataArgument(data)) && !hasArgument(ARGUMENTS_OF_ANOTHER);
    }

    /** Waits until the process is the server itself, and not the program that starts it; false if it died before that. */
    public boolean awaitRunning() throws InterruptedException {
        while (handle.isAlive()) {
            if (isAlive()) {
                return true;
            }
            Thread.sleep(5);
        }
        return false;
    }

    static String hostArgument(Address address) {
        return "--bind-address=" + address.host();
    }

    public boolean listensAt(Address address) {
        return hasArgument(hostArgument(address)) && hasArgument(portArgument(address));
    }

    private boolean hasArgument(String argument) {
        return handle.info()
                .arguments()
                .filter(arguments -> Arrays.asList(arguments).contains(argument))
                .isPresent();
    }

    /** Waits until the server accepts connections; false if it died before that. */
    public boolean awaitReady(Address address) throws InterruptedException {
        while (handle.isAlive()) {
            if (accepts(address)) {
                return true;
            }
            Thread.sleep(20);
        }
        return false;
    }

    /** Asks the server to stop, and waits; false if it still runs after the time limit. */
    public boolean stop(Duration timeLimit) throws InterruptedException {
        handle.destroy();
        var deadline = System.nanoTime() + timeLimit.toNanos();
        while (isAlive()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }

    /** As {@link #stop}; logs a warning if the server still runs. */
    public void end(Duration timeLimit) throws InterruptedException {
        if (!stop(timeLimit)) {
            log.warn(
                    "the database server, process {}, still runs {} s after it was asked to stop",
                    pid(),
                    timeLimit.toSeconds());
        }
    }

    public static boolean accepts(Address address) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
