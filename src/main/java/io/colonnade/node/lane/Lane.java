package io.colonnade.node.lane;

import io.colonnade.balancer.Balancer;
import io.colonnade.cluster.Member;
import io.colonnade.core.Role;
import io.colonnade.routing.Dispatch;
import io.colonnade.transport.LaneTransport;
import io.colonnade.web.Web;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event loop with one instance of each tier that the node runs. They are deployed on one context, so that an exchange
 * which stays on this node is never handed to another thread.
 */
final class Lane implements Deployable {
    private final int index;
    private final Parts parts;
    private final List<VerticleBase> tiers = new ArrayList<>();
    private @Nullable Balancer balancer;
    private @Nullable LaneTransport transport;

    Lane(int index, Parts parts) {
        this.index = index;
        this.parts = parts;
    }

    /** Deploys the tiers, the one that answers first and the public port last. */
    @Override
    public Future<?> deploy(Context context) {
        var transport = parts.transport().open(index, (ContextInternal) context);
        this.transport = transport;
        var app = parts.tiers().app().map(tier -> tier.newLane());
        app.ifPresent(tier -> transport.serve(Role.APP, tier));
        var toApp = new Dispatch(parts.routing(), Role.APP, app.orElse(null), transport);
        var web = parts.runs(Role.WEB) ? new Web(parts.tiers().webroots(), toApp, parts.nodeHeader()) : null;
        if (web != null) {
            transport.serve(Role.WEB, web);
        }
        app.ifPresent(tiers::add);
        if (web != null) {
            tiers.add(web);
        }
        parts.tiers().publicPort().ifPresent(port -> {
            var toWeb = new Dispatch(parts.routing(), Role.WEB, web, transport);
            balancer = new Balancer(port, parts.routing(), toWeb, parts.clock(), parts.nodeHeader());
            tiers.add(balancer);
        });
        return deployFrom(0, context);
    }

    /** Opens the lane's ways in: the balancer's, and that of other nodes. The {@link WarmUp} uses them and closes them. */
    Future<List<HttpServer>> openForWarmUp(Vertx vertx, Member self) {
        var open = new ArrayList<Future<HttpServer>>();
        if (balancer != null) {
            open.add(balancer.openForWarmUp());
        }
        if (transport != null && (parts.runs(Role.WEB) || parts.runs(Role.APP))) {
            open.add(new Loopback(vertx, parts, transport, self).open());
        }
        return Future.all(open).map(all -> all.list());
    }

    /** Undeploys the tiers, the public port first. */
    @Override
    public Future<?> undeploy(Context context) {
        Future<?> undone = Future.succeededFuture();
        for (var i = tiers.size() - 1; i >= 0; i--) {
            var tier = tiers.get(i);
            undone = undone.eventually(() -> undeploy(tier, context));
        }
        return undone;
    }

    private Future<?> deployFrom(int i, Context context) {
        return i == tiers.size()
                ? Future.succeededFuture()
                : deploy(tiers.get(i), context).compose(deployed -> deployFrom(i + 1, context));
    }

    private static Future<?> deploy(VerticleBase tier, Context context) {
        try {
            return tier.deploy(context);
        } catch (Exception failed) {
            return Future.failedFuture(failed);
        }
    }

    private static Future<?> undeploy(VerticleBase tier, Context context) {
        try {
            return tier.undeploy(context);
        } catch (Exception failed) {
            return Future.failedFuture(failed);
        }
    }
}
