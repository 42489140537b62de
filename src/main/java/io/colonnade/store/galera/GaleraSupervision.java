package io.colonnade.store.galera;

import io.colonnade.core.Clock;
import io.colonnade.store.galera.Decision.What;
import io.colonnade.store.galera.GaleraMember.Phase;
import io.colonnade.store.mariadb.ServerLog;
import io.colonnade.store.mariadb.ServerProcess;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.Server;
import io.colonnade.store.server.StoreConfig;
import io.colonnade.store.server.StoreException;
import io.colonnade.store.supervision.Supervised;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's part in the Galera cluster: it reports to the others what its server does and has, and starts the server when {@link
 * Decision} says so. The server outlives the node's death; a node that comes back with the same folder adopts it.
 *
 * <p>For use on one thread.
 */
public final class GaleraSupervision implements Supervised {
    private static final Logger log = LoggerFactory.getLogger(GaleraSupervision.class);
    private static final Duration STOP_TIME_LIMIT = Duration.ofSeconds(30);

    private final Database.Galera database;
    private final int founders;
    private final MemberRegistry registry;
    private final MemberDirectory directory;
    private final GaleraServer server;
    private final MemberMemory memory;
    private final TimeApart apart;
    private @Nullable ServerProcess process;
    private @Nullable GaleraState position;
    private boolean allowed;
    private boolean inStep;
    private long logged;
    private volatile String problem = "";

    private GaleraSupervision(
            Database.Galera database,
            int founders,
            MemberRegistry registry,
            Clock clock,
            MemberDirectory directory,
            GaleraServer server)
            throws IOException {
        this.database = database;
        this.founders = founders;
        this.registry = registry;
        this.directory = directory;
        this.server = server;
        this.memory = new MemberMemory(directory, database);
        this.apart = new TimeApart(clock);
    }

    /**
     * Opens the node's own directory.
     *
     * @param admitted is called when the node has what it needs for a server
     * @throws StoreException if packages are missing, or the server would run as root
     */
    public static GaleraSupervision open(
            Database.Galera database, StoreConfig config, MemberRegistry registry, Clock clock, Runnable admitted)
            throws IOException {
        var directory = MemberDirectory.create(database.folder());
        var server = GaleraServer.of(directory, database, config.bufferPool());
        admitted.run();
        return new GaleraSupervision(database, config.galeraMembers(), registry, clock, directory, server);
    }

    @Override
    public List<Server> round() throws IOException, InterruptedException {
        var running = found();
        var members = running == null ? stopped() : running(running);
        return members.servers(database.accounts().get(0));
    }

    /**
     * The running server, whichever process started it. A server that listens elsewhere is ended, as this node has another address
     * now.
     */
    private @Nullable ServerProcess found() throws IOException, InterruptedException {
        var present = process;
        if (present != null && present.isAlive()) {
            return present;
        }
        if (present != null) {
            ended(present);
        }
        var stray = ServerProcess.find(directory.files().data()).orElse(null);
        if (stray != null && !stray.listensAt(memory.address())) {
            log.warn("the Galera server, process {}, listens elsewhere; ending it", stray.pid());
            stray.end(STOP_TIME_LIMIT);
            return null;
        }
        if (stray != null) {
            log.info("going on with the Galera server that runs already, process {}", stray.pid());
            process = stray;
        }
        return stray;
    }

    private void ended(ServerProcess gone) throws IOException {
        process = null;
        position = null;
        var why = new ServerLog(directory.files().log())
                .errorAfter(logged)
                .map(": "::concat)
                .orElse("");
        if (!inStep) {
            throw new IOException("the server ended before it was in step with the others" + why + "; see "
                    + directory.files().log());
        }
        log.warn("the Galera server, process {}, has died{}", gone.pid(), why);
    }

    private GaleraMembers running(ServerProcess running) throws IOException, InterruptedException {
        new ServerLog(directory.files().log()).rotate();
        try (var session =
                MemberSession.open(memory.address(), database.accounts()).orElse(null)) {
            var view = session == null ? null : session.view();
            if (session == null || view == null || !view.primary()) {
                var members = registry.told(memory.member(Phase.STARTED, runningState()));
                waiting("waiting for the server here to be in step with the others");
                if (view == null) {
                    apart.reset();
                } else {
                    endIfUseless(running, view, members);
                }
                return members;
            }
            var members = registry.told(memory.member(Phase.PRIMARY, runningState()));
            memory.decides(view.members(), members, present(members));
            takePart(session);
            return members;
        } catch (SQLException failed) {
            throw new IOException("the Galera server does not answer: " + failed.getMessage(), failed);
        }
    }

    private GaleraState runningState() throws IOException {
        return new GaleraState(directory.state().cluster(), GaleraState.UNKNOWN, false);
    }

    private void takePart(MemberSession session) throws SQLException, IOException {
        apart.reset();
        problem = "";
        if (!inStep) {
            log.info("the Galera server here, {}, is in step with the others", memory.address());
            inStep = true;
        }
        if (!allowed) {
            session.allow(database.accounts());
            allowed = true;
        }
        directory.forgetChoice();
    }

    /** Ends a server that answers, but will not come back into step by itself. */
    private void endIfUseless(ServerProcess running, MemberSession.View view, GaleraMembers members)
            throws InterruptedException {
        if (!view.connected()) {
            end(running, "the Galera server here has left the others; ending it to start it anew");
        } else if (directory.isChosen()) {
            end(running, "the Galera server here has no majority and is to begin without; ending it for that");
        } else {
            endIfApart(running, members);
        }
    }

    /** Ends the server if all nodes are present and no server can decide, so that the positions of all can be compared. */
    private void endIfApart(ServerProcess running, GaleraMembers members) throws InterruptedException {
        var present = present(members);
        if (!memory.knowsNoneBut(present) || present.stream().anyMatch(member -> member.phase() == Phase.PRIMARY)) {
            apart.reset();
        } else if (apart.isTooLong()) {
            end(
                    running,
                    "no Galera server has a majority, and all nodes are here; ending the server to compare what each has");
        }
    }

    private void end(ServerProcess running, String why) throws InterruptedException {
        log.warn(why);
        running.end(STOP_TIME_LIMIT);
        process = null;
        position = null;
    }

    private GaleraMembers stopped() throws IOException, InterruptedException {
        apart.reset();
        memory.moveIfTaken();
        var state = position == null ? server.position() : position;
        position = state;
        var members = registry.told(memory.member(Phase.STOPPED, state));
        memory.waits(present(members));
        var self = memory.member(Phase.STOPPED, state);
        var decision = decision(self, members);
        switch (decision.what()) {
            case WAIT -> waiting(decision.reason());
            case REFUSE ->
                throw new StoreException(decision.reason() + "; if that is of no use any more, delete "
                        + directory.files().root() + " and this node joins with an empty one");
            case BEGIN, JOIN -> members = started(self, decision.what());
        }
        return members;
    }

    /** The members whose nodes are present. */
    private List<GaleraMember> present(GaleraMembers members) {
        return members.of(database.nodes().get());
    }

    private Decision decision(GaleraMember self, GaleraMembers members) {
        var decision = Decision.of(self, present(members), founders);
        var chosen = decision.what() == What.WAIT && self.state().hasData() && directory.isChosen();
        return chosen ? new Decision(What.BEGIN, "") : decision;
    }

    private void waiting(String reason) {
        if (!reason.equals(problem)) {
            log.info("the Galera server here: {}", reason);
            problem = reason;
        }
    }

    /** Starts the server, but only after the start is recorded for the others. */
    private GaleraMembers started(GaleraMember self, What what) throws IOException, InterruptedException {
        var members = registry.updated(present -> {
            var told = present.with(self);
            return decision(self, told).what() == what ? told.with(self.in(Phase.STARTED)) : told;
        });
        if (members.member(self.identity())
                .filter(now -> now.phase() == Phase.STARTED)
                .isEmpty()) {
            return members;
        }
        logged = new ServerLog(directory.files().log()).size();
        inStep = false;
        allowed = false;
        position = null;
        var others = members.all().stream()
                .map(GaleraMember::group)
                .filter(group -> !group.equals(self.group()))
                .toList();
        if (what == What.BEGIN) {
            process = server.begin(memory.address(), memory.group(), self.state());
            directory.forgetChoice(); // from here on its own state says that it may begin
        } else {
            process = server.join(memory.address(), memory.group(), self.state(), others);
        }
        log.info(
                "the Galera server here {}, with {}, process {}",
                what == What.BEGIN ? "begins the cluster" : "joins the others",
                self.state().hasData() ? self.state() : "no data",
                process.pid());
        return members;
    }

    @Override
    public String problem() {
        return problem;
    }

    @Override
    public void leave() throws InterruptedException {
        var running = ServerProcess.find(directory.files().data());
        if (running.isPresent()) {
            running.get().end(STOP_TIME_LIMIT);
        }
    }
}
