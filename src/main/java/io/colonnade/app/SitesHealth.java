package io.colonnade.app;

import io.colonnade.cluster.SiteHealth;
import io.colonnade.core.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How each site of the node fares, over all its lanes: a site is ready when it has started on all of them. Any thread. */
final class SitesHealth {
    private static final Logger log = LoggerFactory.getLogger(SitesHealth.class);
    private static final int LONGEST_REASON = 300;

    /** A site on one lane; any thread may ask. */
    interface OnLane {
        LaneSite.State state();

        /** Why the last start failed; null if it did not. */
        @Nullable
        Throwable failure();
    }

    private final int lanes;
    private final Clock clock;
    private final Map<String, SiteHealth> bySite = new ConcurrentHashMap<>();
    private Runnable listener = () -> {};

    /** @param lanes on how many lanes each site is to start */
    SitesHealth(List<String> sites, int lanes, Clock clock) {
        this.lanes = lanes;
        this.clock = clock;
        sites.forEach(site -> bySite.put(site, SiteHealth.starting(clock.now())));
    }

    /** Sets what is called at each change, on the thread that made it; must not block. */
    synchronized void onChange(Runnable newListener) {
        listener = newListener;
    }

    /** Takes no lock, as who asks may hold one that a listener takes. */
    SiteHealth of(String site) {
        return Objects.requireNonNull(bySite.get(site));
    }

    /**
     * To be called when a site has come into another state on a lane.
     *
     * @param onLanes the site on the lanes that exist; it is asked within the lock, so that an older answer never counts later
     */
    synchronized void changed(String site, Supplier<? extends List<? extends OnLane>> onLanes) {
        var before = of(site);
        var lanesNow = onLanes.get();
        var failure = failure(lanesNow);
        var now = failure == null ? unfailed(before, site, lanesNow) : failed(before, site, failure);
        if (!now.equals(before)) {
            bySite.put(site, now);
            listener.run();
        }
    }

    /** A failed site is so until it has started on all lanes. */
    private SiteHealth unfailed(SiteHealth before, String site, List<? extends OnLane> onLanes) {
        var started = onLanes.stream()
                .filter(onLane -> onLane.state() == LaneSite.State.READY)
                .count();
        if (started < lanes || before.isReady()) {
            return before;
        }
        if (before.state() == SiteHealth.State.FAILED) {
            log.info("site {} has started now", site);
        }
        return SiteHealth.ready(clock.now());
    }

    private SiteHealth failed(SiteHealth before, String site, Throwable cause) {
        var isNew = before.state() != SiteHealth.State.FAILED;
        var reason = reason(cause);
        if (Restarts.isFinal(cause) && !before.reason().equals(reason)) {
            log.error("site {} cannot start: {}", site, reason, cause);
        } else if (isNew) {
            log.warn("site {} cannot start yet; the node tries again until it starts", site, cause);
        }
        return SiteHealth.failed(isNew ? clock.now() : before.since(), reason);
    }

    private static @Nullable Throwable failure(List<? extends OnLane> onLanes) {
        return onLanes.stream()
                .map(OnLane::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static String reason(Throwable cause) {
        return Restarts.isFinal(cause)
                ? inOneLine(cause) + "; it stays so until this node is started with another jar of the site"
                : inOneLine(cause);
    }

    /** The exceptions of the node and of Vert.x say in words what happened; of others the class is needed too. */
    private static String inOneLine(Throwable cause) {
        var type = cause.getClass();
        var message = cause.getMessage();
        var line = type.getSimpleName();
        if (message != null) {
            var words = message.replaceAll("\\s+", " ").strip();
            line = type.getName().startsWith("io.") ? words : line + ": " + words;
        }
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
    }
}
