package io.colonnade.node.lane;

import io.colonnade.cluster.Member;
import io.colonnade.cluster.Snapshot;
import io.colonnade.cluster.State;
import io.colonnade.config.SiteConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All lanes of a node, each on its event loop. They are not deployed by {@link Vertx#deployVerticle}, because that method chooses
 * the event loop, and a lane needs a loop that is not the bus's.
 */
public final class Lanes {
    private final EventLoops loops;
    private final Parts parts;
    private final List<Lane> lanes;

    public Lanes(EventLoops loops, Parts parts) {
        this.loops = loops;
        this.parts = parts;
        this.lanes = IntStream.range(0, loops.lanes().size())
                .mapToObj(i -> new Lane(i, parts))
                .toList();
    }

    public Future<?> deploy() {
        return Future.all(IntStream.range(0, lanes.size())
                .mapToObj(i -> loops.onLane(i, context -> lanes.get(i).deploy(context)))
                .toList());
    }

    /** Undeploys the lanes one after the other, the last one first. */
    public Future<?> undeploy() {
        Future<?> undeployed = Future.succeededFuture();
        for (var i = lanes.size() - 1; i >= 0; i--) {
            var lane = i;
            undeployed = undeployed.eventually(
                    () -> loops.onLane(lane, context -> lanes.get(lane).undeploy(context)));
        }
        return undeployed;
    }

    /**
     * Warms up all lanes at the same time, by the sites that have started. Completes when they are warm or the time limit is over; never
     * fails.
     */
    public Future<?> warmUp(Vertx vertx, Snapshot cluster) {
        var timeLimit = warmUpLimit(cluster);
        if (timeLimit.isZero()) {
            return Future.succeededFuture();
        }
        var self = cluster.member(cluster.self()).orElseThrow();
        return Future.join(IntStream.range(0, lanes.size())
                .mapToObj(i -> loops.onLane(i, context -> warmUp(lanes.get(i), vertx, self, timeLimit)))
                .toList());
    }

    private Future<?> warmUp(Lane lane, Vertx vertx, Member self, Duration timeLimit) {
        var ready = parts.config().sites().stream().filter(this::isReady).toList();
        return WarmUp.run(lane, vertx, self, ready, timeLimit);
    }

    private boolean isReady(SiteConfig site) {
        return parts.tiers()
                .app()
                .map(tier -> tier.health(site.name()).isReady())
                .orElse(true);
    }

    /** Without another ready member the time is shorter, because no node answers meanwhile. */
    private Duration warmUpLimit(Snapshot cluster) {
        var others = cluster.members().stream().anyMatch(other -> other.state() == State.READY && other.heard());
        var configured = parts.config().warmUp().timeLimit();
        return others ? configured : configured.dividedBy(10);
    }
}
