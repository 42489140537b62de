package io.colonnade.app;

import io.colonnade.app.session.SessionRecords;
import io.colonnade.cluster.SharedMap;
import io.colonnade.cluster.SiteHealth;
import io.colonnade.core.Clock;
import io.colonnade.core.StatusSource;
import io.colonnade.core.Topics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The application tier of a node: what its lanes share, and figures that sum over all lanes. */
public final class AppTier implements StatusSource, AutoCloseable {
    private final AppConfig config;
    private final String node;
    private final boolean nodeHeader;
    private final Sites code;
    private final SharedMap sessions;
    private final Topics topics;
    private final BlockedLanes blocked;
    private final ClientLimits clients;
    private final SitesHealth health;
    private final ContextInternal starts;
    private final Map<String, Restarts> restarts;
    private @Nullable LaneWatch startsWatch;
    private final AtomicBoolean hasLanes = new AtomicBoolean();
    private final List<App> lanes = new CopyOnWriteArrayList<>();
    private final LongAdder sessionFailures = new LongAdder();

    /**
     * @param node the node's name
     * @param nodeHeader whether responses name the node, in the field {@code x-app-node}
     * @param lanes how many lanes the tier will have
     * @param starts a context on an event loop that is neither the bus's nor a lane's; starts of sites are tried there
     * @param sessions the cluster's map of sessions; it keeps an entry for {@link AppConfig#sessionIdle} after the last use
     */
    public AppTier(
            AppConfig config,
            String node,
            boolean nodeHeader,
            int lanes,
            ContextInternal starts,
            Sites code,
            SharedMap sessions,
            Topics topics) {
        this.config = config;
        this.node = node;
        this.nodeHeader = nodeHeader;
        this.code = code;
        this.sessions = sessions;
        this.topics = topics;
        this.blocked = new BlockedLanes(config.blockedWarning(), Clock.system());
        this.clients = new ClientLimits(config);
        this.health = new SitesHealth(code.all().stream().map(SiteCode::name).toList(), lanes, Clock.system());
        this.starts = starts;
        this.restarts = code.all().stream().collect(Collectors.toUnmodifiableMap(SiteCode::name, this::restartsOf));
    }

    /** How a site of the node fares on all lanes together. May be called on any thread. */
    public SiteHealth health(String site) {
        return health.of(site);
    }

    /** Sets what is called whenever the health of a site has changed; on the thread of a lane, must not block. */
    public void onHealthChange(Runnable listener) {
        health.onChange(listener);
    }

    /** Pings WebSockets after so long a silence of their clients; zero for never. May be called on any thread. Default 30 s. */
    public void pingWebSocketsAfter(Duration silence) {
        clients.pingWebSocketsAfter(silence);
    }

    /** Makes the tier of one more lane. The caller deploys it on the lane's context. */
    public App newLane() {
        var first = hasLanes.compareAndSet(false, true);
        var lane = new App(context -> sitesFor(context, first), config.startLimit(), nodeHeader ? node : null);
        lanes.add(lane);
        return lane;
    }

    /** The number of exchanges that the tier has answered since the node started. May be called on any thread. */
    public long served() {
        return sites().mapToLong(LaneSite::served).sum();
    }

    /** The number of exchanges that the tier is answering now. May be called on any thread. */
    public int inFlight() {
        return sites().mapToInt(LaneSite::inFlight).sum();
    }

    @Override
    public String name() {
        return "app";
    }

    @Override
    public JsonObject status() {
        var bySite = new JsonArray();
        sites().collect(Collectors.groupingBy(LaneSite::name)).forEach((site, on) -> bySite.add(status(site, on)));
        return new JsonObject()
                .put("sites", bySite)
                .put("sessionFailures", sessionFailures.sum())
                .put("unreadBytes", clients.unreadBytes());
    }

    /** Closes the sites' jars. Call this after all lanes are undeployed. */
    @Override
    public void close() {
        blocked.close();
        code.close();
    }

    /** Makes the sites of a lane, by name; called on its event loop. */
    private Map<String, LaneSite> sitesFor(ContextInternal lane, boolean first) {
        var watch = LaneWatch.ofThisThread();
        blocked.watch(watch);
        return code.all().stream()
                .map(site -> new LaneSite(
                        site,
                        lane,
                        () -> new SiteInstance(site, lane, watch, given(site, lane, first), clients),
                        Objects.requireNonNull(restarts.get(site.name())),
                        () -> changed(site)))
                .collect(Collectors.toUnmodifiableMap(LaneSite::name, Function.identity()));
    }

    private Restarts restartsOf(SiteCode site) {
        return new Restarts(() -> site.migrate().compose(migrated -> trial(site)), (pause, action) -> starts.owner()
                .timer(pause.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(v -> action.run()));
    }

    /** Starts the site on the loop for starts, and stops it again. */
    private Future<Void> trial(SiteCode site) {
        var tried = Promise.<Void>promise();
        starts.runOnContext(v -> {
            var instance = new SiteInstance(site, starts, watchOfStarts(), given(site, starts, false), clients);
            instance.start().eventually(instance::close).onComplete(tried);
        });
        return tried.future();
    }

    private LaneWatch watchOfStarts() {
        if (startsWatch == null) {
            startsWatch = LaneWatch.ofThisThread();
            blocked.watch(startsWatch);
        }
        return startsWatch;
    }

    private LaneSiteContext given(SiteCode site, ContextInternal lane, boolean first) {
        var records =
                new SessionRecords(site.name(), sessions, config.sessionIdle().toMillis(), sessionFailures);
        var vertx = site.program().vertx(lane, site.loader());
        return new LaneSiteContext(site, node, first, vertx, topics, records, config.sessionCookie());
    }

    private void changed(SiteCode site) {
        var name = site.name();
        health.changed(
                name, () -> sites().filter(onLane -> onLane.name().equals(name)).toList());
        if (health.of(name).state() != SiteHealth.State.STARTING) {
            site.startEnded();
        }
    }

    private Stream<LaneSite> sites() {
        return lanes.stream().flatMap(lane -> lane.sites().stream());
    }

    private static JsonObject status(String name, List<LaneSite> lanes) {
        var states = new JsonArray();
        lanes.forEach(lane -> states.add(lane.state().label()));
        return new JsonObject()
                .put("name", name)
                .put("lanes", states)
                .put("served", lanes.stream().mapToLong(LaneSite::served).sum())
                .put("inFlight", lanes.stream().mapToInt(LaneSite::inFlight).sum());
    }
}
