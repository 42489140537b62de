package io.colonnade.node.lane;

import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The node's event loops: the first carries the connections of the event bus, each of the others one lane. So site code that
 * blocks stalls its lane, and neither the heartbeats nor what other lanes send and receive.
 *
 * @param bus a context on the loop of the bus
 * @param lanes a context for each lane
 */
public record EventLoops(ContextInternal bus, List<ContextInternal> lanes) {
    /** How many event loops a node with so many lanes needs. */
    public static int needed(int lanes) {
        return lanes + 1;
    }

    /** Shares out the loops of a clustered Vert.x, whose bus takes the first one of its group when it is made. */
    public static EventLoops of(Vertx vertx) {
        var contexts = new ArrayList<ContextInternal>();
        for (var loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
            contexts.add(context((VertxInternal) vertx, (EventLoop) loop));
        }
        return new EventLoops(contexts.get(0), List.copyOf(contexts.subList(1, contexts.size())));
    }

    private static ContextInternal context(VertxInternal vertx, @Nullable EventLoop loop) {
        return vertx.contextBuilder().withEventLoop(loop).build();
    }
}
