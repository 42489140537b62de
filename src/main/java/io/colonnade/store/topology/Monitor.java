package io.colonnade.store.topology;

import io.colonnade.core.Clock;
import io.colonnade.store.server.Server;
import io.colonnade.store.server.ServerSource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches all servers, and says which one is written to and which ones may be read from. */
public final class Monitor {
    private static final Logger log = LoggerFactory.getLogger(Monitor.class);
    private static final long PACE_MS = 50;

    private final Vertx vertx;
    private final ServerSource source;
    private final BiFunction<Server, Duration, Pool> newProbePool;
    private final Clock clock;
    private final Election election = new Election();
    private final Replicas replicas = new Replicas();
    private final Map<Server, Probe> probes = new LinkedHashMap<>();
    private final Promise<Void> firstPrimary = Promise.promise();
    private final List<Consumer<Topology>> listeners = new CopyOnWriteArrayList<>();
    private final LongAdder failovers = new LongAdder();
    private volatile Topology topology = Topology.UNKNOWN;
    private volatile @Nullable ContextInternal loop;
    private volatile boolean stopped;
    private volatile ProbeResult lastSeen = ProbeResult.NOWHERE;
    private @Nullable Server lastPrimary;
    private long timer = -1;

    /** @param newProbePool makes a pool of one connection to a server, which connects within the time limit */
    public Monitor(Vertx vertx, ServerSource source, BiFunction<Server, Duration, Pool> newProbePool, Clock clock) {
        this.vertx = vertx;
        this.source = source;
        this.newProbePool = newProbePool;
        this.clock = clock;
    }

    /** Begins to probe, on the calling event loop. Completes when a server that can be written to is found. */
    public Future<Void> start() {
        var context = (ContextInternal) vertx.getOrCreateContext();
        loop = context;
        context.runOnContext(v -> {
            follow();
            timer = vertx.setPeriodic(PACE_MS, id -> follow());
        });
        return firstPrimary.future();
    }

    /** The latest topology. Any thread may call. */
    public Topology topology() {
        return topology;
    }

    /**
     * The time by the primary's clock, or a little later; while there is no primary, by the clock of the last one. Any thread may
     * call.
     */
    public Instant databaseTime() {
        var latest = lastSeen;
        return latest.databaseTime().plusNanos(clock.nanos() - latest.askedAt());
    }

    /** How often another server became the primary. */
    public long failovers() {
        return failovers.sum();
    }

    /** Calls the listener whenever the role of a server changes, on the monitor's event loop. */
    public void onChange(Consumer<Topology> listener) {
        listeners.add(listener);
    }

    /** Probes the server at once, because a statement had trouble with it. Any thread may call. */
    public void suspect(Server server) {
        var context = loop;
        if (context != null) {
            context.runOnContext(v -> {
                var probe = probes.get(server);
                if (probe != null && probe.seen().isUsable()) {
                    probe.ask();
                }
            });
        }
    }

    public Future<Void> stop() {
        stopped = true;
        var context = loop;
        if (context == null) {
            return Future.succeededFuture();
        }
        var ended = context.<Void>promise();
        context.runOnContext(v -> {
            vertx.cancelTimer(timer);
            Future.join(probes.values().stream().map(Probe::stop).toList())
                    .<Void>mapEmpty()
                    .onComplete(ended);
        });
        return ended.future();
    }

    /** Starts probing servers that are new in the source, and stops probing those that have left it. */
    private void follow() {
        var present = source.servers();
        if (List.copyOf(probes.keySet()).equals(present) || stopped) {
            return;
        }
        var before = Map.copyOf(probes);
        probes.clear();
        present.forEach(
                server -> probes.put(server, before.containsKey(server) ? before.get(server) : newProbe(server)));
        before.forEach((server, probe) -> {
            if (!probes.containsKey(server)) {
                probe.stop();
            }
        });
        probes.forEach((server, probe) -> {
            if (!before.containsKey(server)) {
                probe.ask();
            }
        });
        publish();
    }

    /** Whether the server that is written to has no space on its disk, and so must not be written to. Any thread may call. */
    public boolean isFull() {
        return topology().full() || source.isFull();
    }

    private Probe newProbe(Server server) {
        return new Probe(
                vertx,
                server,
                () -> newProbePool.apply(server, Probe.TIME_LIMIT),
                source.readOnlyMeansFull(),
                clock,
                this::told);
    }

    private void told(ProbeResult result) {
        if (probes.containsKey(result.server())) {
            publish();
        }
    }

    private void publish() {
        var results = probes.values().stream().map(Probe::seen).toList();
        var elected = election.elect(results);
        var before = topology;
        var now = new Topology(elected.orElse(null), replicas.readers(elected, results), results);
        topology = now;
        if (now.primary() != null) {
            lastSeen = now.primary();
            firstPrimary.tryComplete();
        }
        if (!stopped && !roles(before).equals(roles(now))) {
            tell(before, now);
            listeners.forEach(listener -> listener.accept(now));
        }
    }

    private static Map<String, String> roles(Topology topology) {
        var roles = new LinkedHashMap<String, String>();
        topology.servers().forEach(each -> roles.put(each.server() + "#" + each.life(), topology.role(each)));
        return roles;
    }

    private void tell(Topology before, Topology now) {
        if (now.servers().size() > 1) {
            now.servers().forEach(each -> tellRole(before, now, each));
        }
        var primary = now.primary();
        if (primary == null) {
            if (before.primary() != null) {
                log.warn("the database is away: {}", now.problem());
            }
            return;
        }
        if (before.primary() == null || !primary.server().equals(lastPrimary)) {
            log.info("the database answers, version {}", primary.version());
        }
        if (lastPrimary != null && !primary.server().equals(lastPrimary)) {
            failovers.increment();
        }
        lastPrimary = primary.server();
    }

    private static void tellRole(Topology before, Topology now, ProbeResult result) {
        var role = now.role(result);
        var was = before.servers().stream()
                .filter(other -> other.server().equals(result.server()))
                .findFirst()
                .map(before::role)
                .orElse("");
        if (role.equals(was)) {
            return;
        }
        var address = result.server().address();
        if (result.isUsable()) {
            log.info("the database server {} is {} now", address, role);
        } else if (!was.isEmpty()) {
            log.warn("the database server {} is lost: {}", address, result.problem());
        }
    }
}
