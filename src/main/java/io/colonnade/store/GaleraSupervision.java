package io.colonnade.store;

import io.colonnade.cluster.SharedMap;
import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.store.GaleraDecision.What;
import io.colonnade.store.GaleraMember.Phase;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's part in the Galera cluster: it tells the others what its server does and has, starts it when {@link
 * GaleraDecision} says so, and remembers who may have more than it has. The server outlives the node's death; the node
 * that comes back with its folder goes on with it.
 *
 * <p>What is remembered are the members of the last view in which the server could decide, as the server itself tells them:
 * who is not in it cannot have more. Whoever is about to join is added before it does.
 *
 * <p>Used on one thread.
 */
final class GaleraSupervision implements Supervised {
    static final String KEY = "galera";

    private static final Logger log = LoggerFactory.getLogger(GaleraSupervision.class);
    private static final Duration REGISTRY_TIME_LIMIT = Duration.ofSeconds(2);
    private static final Duration STOP_TIME_LIMIT = Duration.ofSeconds(30);

    /** For how long a server may be without a majority, though all nodes are here, until it is stopped to tell its position. */
    private static final Duration APART = Duration.ofSeconds(15);

    private final Database.Galera database;
    private final int founders;
    private final SharedMap map;
    private final Clock clock;
    private final GaleraDirectory directory;
    private final GaleraServer server;
    private GaleraDirectory.Kept kept;
    private @Nullable ServerProcess process;
    private @Nullable GaleraState position;
    private boolean allowed;
    private boolean inStep;
    private long logged;
    private long apartSince;
    private volatile String problem = "";

    private GaleraSupervision(
            Database.Galera database,
            int founders,
            SharedMap map,
            Clock clock,
            GaleraDirectory directory,
            GaleraServer server)
            throws IOException {
        this.database = database;
        this.founders = founders;
        this.map = map;
        this.clock = clock;
        this.directory = directory;
        this.server = server;
        this.kept = directory.keptOrNew(database.address());
        this.apartSince = clock.nanos();
    }

    /**
     * Opens the node's own directory.
     *
     * @throws StoreException if packages are missing, or the server would run as root
     */
    static GaleraSupervision open(Database.Galera database, StoreConfig config, SharedMap map, Clock clock)
            throws IOException {
        var directory = GaleraDirectory.create(database.folder());
        var server = GaleraServer.of(directory, database, config.bufferPool());
        return new GaleraSupervision(database, config.galeraMembers(), map, clock, directory, server);
    }

    @Override
    public List<Server> round() throws IOException, InterruptedException {
        var running = found();
        var members = running == null ? stopped() : running(running);
        return members.servers(database.accounts().get(0));
    }

    /** The server that runs, whoever started it; one that listens elsewhere is ended, as this node has another address now. */
    private @Nullable ServerProcess found() throws IOException, InterruptedException {
        var present = process;
        if (present != null && present.isAlive()) {
            return present;
        }
        if (present != null) {
            ended(present);
        }
        var stray = ServerProcess.find(directory.files().data()).orElse(null);
        if (stray != null && !stray.listensAt(address())) {
            log.warn("the Galera server, process {}, listens elsewhere; ending it", stray.pid());
            stop(stray);
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
        try (var session = GaleraSession.open(address(), database.accounts()).orElse(null)) {
            var view = session == null ? null : session.view();
            if (session == null || view == null || !view.primary()) {
                var members = published(member(Phase.STARTED, runningState()));
                waiting("waiting for the server here to be in step with the others");
                if (view != null && !view.connected()) {
                    end(running, "the Galera server here has left the others; ending it to start it anew");
                } else if (view != null) {
                    endIfApart(running, members);
                }
                return members;
            }
            var members = published(member(Phase.PRIMARY, runningState()));
            remember(inView(view, members));
            takePart(session);
            return members;
        } catch (SQLException failed) {
            throw new IOException("the Galera server does not answer: " + failed.getMessage(), failed);
        }
    }

    private GaleraState runningState() throws IOException {
        return new GaleraState(directory.state().cluster(), GaleraState.UNKNOWN, false);
    }

    private void takePart(GaleraSession session) throws SQLException, IOException {
        apartSince = clock.nanos();
        problem = "";
        if (!inStep) {
            log.info("the Galera server here, {}, is in step with the others", address());
            inStep = true;
        }
        if (!allowed) {
            session.allow(database.accounts());
            allowed = true;
        }
        directory.forgetChoice();
    }

    private Map<String, String> inView(GaleraSession.View view, GaleraMembers members) {
        var now = new HashMap<String, String>();
        members.all().stream()
                .filter(member -> view.members().contains(member.address()))
                .forEach(member -> now.put(member.identity(), member.node()));
        now.putAll(beginners(members));
        return now;
    }

    /** Those that are here and have data, or are about to get it. */
    private Map<String, String> beginners(GaleraMembers members) {
        var now = new HashMap<>(Map.of(kept.identity(), database.node()));
        members.of(database.nodes().get()).stream()
                .filter(member ->
                        member.phase() != Phase.STOPPED || member.state().hasData())
                .forEach(member -> now.put(member.identity(), member.node()));
        return now;
    }

    private void remember(Map<String, String> known) throws IOException {
        if (!known.equals(kept.known())) {
            kept = directory.keep(kept.with(known));
        }
    }

    /** Servers that have lost one another, and of which none can decide, are started anew where all nodes can say what they have. */
    private void endIfApart(ServerProcess running, GaleraMembers members) throws IOException, InterruptedException {
        var present = members.of(database.nodes().get());
        var here = present.stream().map(GaleraMember::identity).toList();
        if (!here.containsAll(kept.known().keySet())
                || present.stream().anyMatch(member -> member.phase() == Phase.PRIMARY)) {
            apartSince = clock.nanos();
        } else if (clock.nanos() - apartSince > APART.toNanos()) {
            end(
                    running,
                    "no Galera server has a majority, and all nodes are here; ending the server to compare what each has");
        }
    }

    private void end(ServerProcess running, String why) throws InterruptedException {
        log.warn(why);
        stop(running);
        process = null;
        position = null;
    }

    private GaleraMembers stopped() throws IOException, InterruptedException {
        apartSince = clock.nanos();
        if (ServerProcess.accepts(address()) || ServerProcess.accepts(group())) {
            kept = directory.moved(kept);
        }
        var state = position == null ? server.position() : position;
        position = state;
        var members = published(member(Phase.STOPPED, state));
        var known = beginners(members);
        known.putAll(kept.known());
        remember(known);
        var self = member(Phase.STOPPED, state);
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

    private GaleraDecision decision(GaleraMember self, GaleraMembers members) {
        var decision = GaleraDecision.of(self, members.of(database.nodes().get()), founders);
        var chosen = decision.what() == What.WAIT && self.state().hasData() && directory.isChosen();
        return chosen ? new GaleraDecision(What.BEGIN, "") : decision;
    }

    private void waiting(String reason) {
        if (!reason.equals(problem)) {
            log.info("the Galera server here: {}", reason);
            problem = reason;
        }
    }

    /** Starts the server, but only after the others can know that it has been. */
    private GaleraMembers started(GaleraMember self, What what) throws IOException, InterruptedException {
        var members = updated(present -> {
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
        process = what == What.BEGIN
                ? server.begin(address(), group(), self.state())
                : server.join(address(), group(), self.state(), others);
        log.info(
                "the Galera server here {}, with {}, process {}",
                what == What.BEGIN ? "begins the cluster" : "joins the others",
                self.state().hasData() ? self.state() : "no data",
                process.pid());
        return members;
    }

    private GaleraMember member(Phase phase, GaleraState state) {
        return new GaleraMember(kept.identity(), database.node(), address(), group(), phase, state, kept.known());
    }

    private Address address() {
        return kept.address();
    }

    private Address group() {
        return kept.group();
    }

    /** Sees to it that the cluster knows what this member tells; gives what it knows of all. */
    private GaleraMembers published(GaleraMember self) throws IOException, InterruptedException {
        var recorded = GaleraMembers.parse(await(map.read(KEY)));
        return recorded.member(self.identity()).filter(self::equals).isPresent()
                ? recorded
                : updated(present -> present.with(self));
    }

    private GaleraMembers updated(Function<GaleraMembers, GaleraMembers> change)
            throws IOException, InterruptedException {
        return GaleraMembers.parse(await(map.update(
                KEY, present -> change.apply(GaleraMembers.parse(present)).toBuffer())));
    }

    private static @Nullable Buffer await(Future<@Nullable Buffer> future) throws IOException, InterruptedException {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(REGISTRY_TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException(
                    "the cluster does not say what its Galera servers do: " + failed.getMessage(), failed);
        }
    }

    @Override
    public String problem() {
        return problem;
    }

    @Override
    public void leave() throws InterruptedException {
        var running = ServerProcess.find(directory.files().data());
        if (running.isPresent()) {
            stop(running.get());
        }
    }

    private static void stop(ServerProcess running) throws InterruptedException {
        if (!running.stop(STOP_TIME_LIMIT)) {
            log.warn(
                    "the Galera server, process {}, still runs {} s after it was asked to stop",
                    running.pid(),
                    STOP_TIME_LIMIT.toSeconds());
        }
    }
}
