package io.colonnade.store.supervision;

import io.colonnade.core.Clock;
import io.colonnade.store.mariadb.Binaries;
import io.colonnade.store.mariadb.DatabaseDirectory;
import io.colonnade.store.mariadb.DirectoryLock;
import io.colonnade.store.mariadb.DiskSpace;
import io.colonnade.store.mariadb.Installation;
import io.colonnade.store.mariadb.ServerLog;
import io.colonnade.store.mariadb.ServerProcess;
import io.colonnade.store.mariadb.ServerUser;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.Server;
import io.colonnade.store.server.StoreException;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's part in running the embedded server of a directory. Of the nodes that use the directory, the holder of the
 * supervisor's lock starts the server, or adopts one that already runs. When that node dies, the operating system frees the lock for the
 * next node. Every node holds a share of the users' lock, so that the last node to leave knows that it is the last.
 *
 * <p>For use on one thread.
 */
public final class Supervision implements Supervised {
    private static final Logger log = LoggerFactory.getLogger(Supervision.class);
    private static final Duration CLAIM_AGE = Duration.ofSeconds(5);
    private static final Duration REGISTRY_TIME_LIMIT = Duration.ofSeconds(2);
    private static final Duration STRAY_STOP = Duration.ofSeconds(10);
    private static final int PORT_TRIES = 20;
    private static final Duration STOP_TIME_LIMIT = Duration.ofSeconds(20);

    private final DatabaseDirectory directory;
    private final Database.Embedded database;
    private final long bufferPool;
    private final EmbeddedRegistry registry;
    private final Clock clock;
    private final DirectoryLock users;
    private final DirectoryLock supervisor;
    private final DiskSpace space;
    private final DiskGuard guard;
    private final Runnable admitted;
    private @Nullable ServerProcess process;
    private @Nullable Server recorded;
    private long recordedAt;

    private Supervision(
            DatabaseDirectory directory,
            DiskSpace space,
            Database.Embedded database,
            long bufferPool,
            EmbeddedRegistry registry,
            Clock clock,
            DirectoryLock users,
            DirectoryLock supervisor,
            Runnable admitted) {
        this.directory = directory;
        this.space = space;
        this.guard = new DiskGuard(space);
        this.database = database;
        this.bufferPool = bufferPool;
        this.registry = registry;
        this.clock = clock;
        this.users = users;
        this.supervisor = supervisor;
        this.admitted = admitted;
    }

    /**
     * Opens the supervision of the embedded server in its directory.
     *
     * @param bufferPool bytes of the server's buffer pool
     * @param admitted is called when the cluster has said that it uses the server of this directory
     */
    public static Supervision open(
            Database.Embedded database, long bufferPool, EmbeddedRegistry registry, Clock clock, Runnable admitted)
            throws IOException {
        var directory = DatabaseDirectory.create(database.data());
        var space = DiskSpace.of(directory);
        var users = DirectoryLock.open(directory.usersLock());
        var supervisor = DirectoryLock.open(directory.supervisorLock());
        return new Supervision(directory, space, database, bufferPool, registry, clock, users, supervisor, admitted);
    }

    @Override
    public boolean isFull() {
        return guard.isFull();
    }

    @Override
    public List<Server> round() throws IOException, InterruptedException {
        if (!users.tryShared()) {
            return List.of(); // the last node of an earlier run is just stopping the server
        }
        if (supervisor.tryExclusive()) {
            return List.of(supervise());
        }
        guard.pause();
        return watch().stream().toList();
    }

    @Override
    public String problem() {
        return "";
    }

    private Server supervise() throws IOException, InterruptedException {
        var own = directory.serverOrNew(database.address(), database.ports());
        var used = claim(own);
        if (used.sameDataAs(own)) {
            return running(own);
        }
        guard.pause();
        return used;
    }

    private Optional<Server> watch() throws IOException, InterruptedException {
        var own = directory.server();
        if (own.isEmpty()) {
            return own;
        }
        return Optional.of(claim(own.get()))
                .filter(used -> !used.sameDataAs(own.get()))
                .or(() -> own);
    }

    private Server running(Server own) throws IOException, InterruptedException {
        var present = process;
        if (present != null && present.isAlive()) {
            new ServerLog(directory.log()).rotate();
            guard.guard(own);
            return own;
        }
        guard.pause();
        if (present != null) {
            log.warn("the database, process {}, has died; starting it again", present.pid());
        }
        var found = ServerProcess.find(directory.data());
        if (found.isPresent() && found.get().listensAt(own.address())) {
            log.info(
                    "using the database that runs already, process {}",
                    found.get().pid());
            process = found.get();
            return own;
        }
        if (found.isPresent()) {
            end(found.get());
        }
        return started(own);
    }

    /**
     * Ends a server that uses our path, but listens elsewhere than the files there say: the files were deleted while it ran, or the
     * node has another address now.
     */
    private static void end(ServerProcess stray) throws IOException, InterruptedException {
        log.warn("process {} is a database that listens elsewhere or whose files were deleted; ending it", stray.pid());
        if (!stray.stop(STRAY_STOP)) {
            throw new IOException("process " + stray.pid()
                    + " is a database that listens elsewhere or whose files were deleted, and does not end; kill it");
        }
    }

    private Server started(Server own) throws IOException, InterruptedException {
        var fits = database.ports().has(own.address().port()) && isFree(own);
        var server = fits ? own : directory.move(own, database.ports());
        var installation = new Installation(
                directory, Binaries.find(directory.root()), ServerUser.of(directory.root()), bufferPool);
        space.makeRoomForStart();
        installation.install(server);
        var logged = new ServerLog(directory.log());
        var before = logged.size();
        var command = installation.command(server);
        if (space.isFull()) {
            command.add(WriteStop.FROM_THE_START);
        }
        var starting = ServerProcess.start(command, directory);
        if (!starting.awaitReady(server.address())) {
            throw new IOException("the server ended while it started"
                    + logged.errorAfter(before).map(": "::concat).orElse("") + "; see " + directory.log());
        }
        installation.binaries().deleteOthers(directory.root());
        process = starting;
        log.info("the database runs on {}, process {}", server.address(), starting.pid());
        return claim(server);
    }

    /** Whether the server's port is free; that of a killed server takes a moment. */
    private static boolean isFree(Server own) throws InterruptedException {
        for (var tries = 0; tries < PORT_TRIES; tries++) {
            if (!ServerProcess.accepts(own.address())) {
                return true;
            }
            Thread.sleep(50);
        }
        return false;
    }

    /** The server that the cluster has recorded. The node claims it again from time to time, as the cluster may have lost the record. */
    private Server claim(Server own) throws IOException, InterruptedException {
        var last = recorded;
        if (last != null && fresh() && !moved(last, own)) {
            return last;
        }
        try {
            var now = await(registry.claim(own));
            if (last == null && !now.sameDataAs(own)) {
                throw new StoreException("the cluster has its database at " + now.address() + ", on the node "
                        + await(registry.home()) + ", and not in " + directory.root()
                        + "; start this node without the role db, as with --roles balancer,web,app");
            }
            warnIfForeign(last, now, own);
            recorded = now;
            recordedAt = clock.nanos();
            admitted.run();
            return now;
        } catch (ExecutionException | TimeoutException failed) {
            if (last == null) {
                throw new IOException("the cluster does not say which database it uses", failed);
            }
            return last.sameDataAs(own) ? own : last;
        }
    }

    private boolean fresh() {
        return clock.nanos() - recordedAt < CLAIM_AGE.toNanos();
    }

    private static boolean moved(Server last, Server own) {
        return last.sameDataAs(own) && !last.equals(own);
    }

    private void warnIfForeign(@Nullable Server last, Server now, Server own) {
        if (!now.sameDataAs(own) && (last == null || last.sameDataAs(own))) {
            log.warn("the database in {} is not used: the cluster uses the one at {}", directory.root(), now.address());
        }
    }

    private static <T> T await(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.toCompletionStage()
                .toCompletableFuture()
                .get(REGISTRY_TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the use of the directory; the last node that does so stops the server. */
    @Override
    public void leave() throws IOException, InterruptedException {
        guard.close();
        try {
            users.release();
            if (users.tryExclusive() && supervisor.tryExclusive()) {
                stopServer();
            }
        } finally {
            supervisor.close();
            users.close();
        }
    }

    private void stopServer() throws InterruptedException {
        var running = ServerProcess.find(directory.data());
        if (running.isPresent()) {
            running.get().end(STOP_TIME_LIMIT);
        }
    }
}
