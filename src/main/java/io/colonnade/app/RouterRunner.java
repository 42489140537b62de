package io.colonnade.app;

import io.colonnade.site.Site;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs a {@link Site}, which answers with a router. */
final class RouterRunner implements SiteRunner {
    private final Supplier<Site> code;
    private final LaneSiteContext given;
    private final SiteErrors errors;
    private final ContextInternal context;
    private @Nullable Site site;
    private @Nullable Entrance entrance;

    RouterRunner(Supplier<Site> code, LaneSiteContext given, SiteErrors errors, ContextInternal context) {
        this.code = code;
        this.given = given;
        this.errors = errors;
        this.context = context;
    }

    /** Vert.x Web calls the error handler after all failure handlers of the site's own routes. */
    @Override
    public Future<?> start() {
        site = code.get();
        return site.start(given).map(Objects::requireNonNull).onSuccess(router -> {
            router.errorHandler(500, errors);
            entrance = new Entrance(context, router, router);
        });
    }

    @Override
    public Entrance entrance() {
        return Objects.requireNonNull(entrance);
    }

    @Override
    public Future<?> stop() {
        return site == null ? Future.succeededFuture() : site.stop();
    }
}
