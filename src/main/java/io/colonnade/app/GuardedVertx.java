package io.colonnade.app;

import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;

/** The node's Vert.x as a site gets it. It keeps a mistake in a site from ending the node; it is no sandbox. */
final class GuardedVertx extends VertxWrapper {
    private final EventBus eventBus;

    GuardedVertx(VertxInternal node) {
        super(node);
        this.eventBus = new GuardedEventBus(node.eventBus());
    }

    @Override
    public EventBus eventBus() {
        return eventBus;
    }

    @Override
    public Future<Void> close() {
        return Future.failedFuture(new UnsupportedOperationException(
                "a site cannot close the node's Vert.x; free what the site holds in Site.stop()"));
    }
}
