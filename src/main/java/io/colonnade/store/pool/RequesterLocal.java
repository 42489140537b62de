package io.colonnade.store.pool;

import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.ContextLocal;

/** Where contexts hold the {@link Requester}; Vert.x finds this as a service, and must before it starts. */
public final class RequesterLocal implements VertxServiceProvider {
    static final ContextLocal<Requester> KEY = ContextLocal.registerLocal(Requester.class);

    @Override
    public void init(VertxBootstrap builder) {
        // to have registered is all
    }
}
