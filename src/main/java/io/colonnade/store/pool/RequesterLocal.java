package io.colonnade.store.pool;

import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.ContextLocal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The place where contexts keep their {@link Requester}. Vert.x loads this class as a service, which must happen before Vert.x starts. */
public final class RequesterLocal implements VertxServiceProvider {
    private static final ContextLocal<Requester> KEY = ContextLocal.registerLocal(Requester.class);

    /** The requester of the current request; empty outside of requests, as in a timer that the site started. */
    public static Optional<Requester> current() {
        var context = (ContextInternal) Vertx.currentContext();
        return context == null || !context.isDuplicate()
                ? Optional.empty()
                : Optional.of(KEY.get(context, Requester::new));
    }

    /** The requester of the current request; null outside of requests, and as long as nothing is known of what the request must see. */
    static @Nullable Requester present() {
        var context = (ContextInternal) Vertx.currentContext();
        return context == null || !context.isDuplicate() ? null : KEY.get(context);
    }

    @Override
    public void init(VertxBootstrap builder) {
        // the registration above is all that is needed
    }
}
