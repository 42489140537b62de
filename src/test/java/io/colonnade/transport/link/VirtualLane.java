package io.colonnade.transport.link;

import io.colonnade.core.ManualClock;
import io.colonnade.core.NodeId;
import io.colonnade.core.Protocol;
import io.colonnade.transport.frame.LaneAddress;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A lane without threads: its event loop's tick ends when the test says so, and its clock is the test's. */
final class VirtualLane {
    final ManualClock clock = new ManualClock();
    final LaneState state;
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ArrayDeque<Handler<Void>> due = new ArrayDeque<>();

    VirtualLane(TransportConfig config) {
        var address = new LaneAddress(new NodeId(UUID.randomUUID()), 1, 0);
        state = new LaneState(context(), address, Protocol.CURRENT, config, clock);
    }

    LaneAddress address() {
        return state.address();
    }

    /** Runs what is due when the tick ends, and what that makes due. */
    void endTick() {
        channel.runPendingTasks();
        for (var next = due.poll(); next != null; next = due.poll()) {
            next.handle(null);
            channel.runPendingTasks();
        }
    }

    private ContextInternal context() {
        return (ContextInternal) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ContextInternal.class},
                (proxy, method, arguments) -> answer(method.getName(), arguments));
    }

    @SuppressWarnings("unchecked")
    private @Nullable Object answer(String method, Object[] arguments) {
        return switch (method) {
            case "runOnContext" -> {
                due.add((Handler<Void>) arguments[0]);
                yield null;
            }
            case "nettyEventLoop" -> loop();
            default -> throw new UnsupportedOperationException(method);
        };
    }

    private EventLoop loop() {
        return channel.eventLoop();
    }
}
