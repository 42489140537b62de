package io.colonnade.node.lane;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The event loops of a node: the first carries the connections of the event bus, each of the others one lane, but for the last.
 * Site code that blocks stalls its own lane, but neither the heartbeats nor what other lanes send and receive.
 *
 * @param bus a context on the loop of the bus
 * @param lanes a context for each lane
 * @param starts a context on the last loop, where sites are tried that could not start
 */
public record EventLoops(ContextInternal bus, List<ContextInternal> lanes, ContextInternal starts) {
    /** How many event loops a node with this many lanes needs. */
    public static int needed(int lanes) {
        return lanes + 2;
    }

    /** Shares out the loops of a clustered Vert.x. When a Vert.x is made, its event bus takes the first loop of the group. */
    public static EventLoops of(Vertx vertx) {
        var contexts = new ArrayList<ContextInternal>();
        for (var loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
            contexts.add(context((VertxInternal) vertx, (EventLoop) loop));
        }
        var last = contexts.size() - 1;
        return new EventLoops(contexts.get(0), List.copyOf(contexts.subList(1, last)), contexts.get(last));
    }

    private static ContextInternal context(VertxInternal vertx, EventLoop loop) {
        return vertx.contextBuilder().withEventLoop(loop).build();
    }

    List<EventLoop> ofLanes() {
        return lanes.stream().map(ContextInternal::nettyEventLoop).toList();
    }

    /** Runs the action on the loop of the bus; completes as the action does. */
    public Future<?> onBus(Supplier<Future<?>> action) {
        return on(bus, context -> action.get());
    }

    /** Runs the action on the loop of a lane; completes as the action does. */
    Future<?> onLane(int lane, Function<Context, Future<?>> action) {
        return on(lanes.get(lane), action);
    }

    private static Future<?> on(ContextInternal context, Function<Context, Future<?>> action) {
        Promise<Object> done = Promise.promise();
        context.runOnContext(v -> action.apply(context).<Object>mapEmpty().onComplete(done));
        return done.future();
    }
}
