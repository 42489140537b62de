package io.colonnade.foobar;

import io.colonnade.site.Site;
import io.colonnade.site.SiteContext;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import org.jspecify.annotations.Nullable;

/** The message board. Its pages are the static files of {@code webroot/}; this class provides the API that they use. */
public final class FoobarSite implements Site {
    private @Nullable Running running;

    private record Running(SiteContext context, Events events, OnlineCounter online, String uploads) {}

    @Override
    public Future<Router> start(SiteContext context) {
        return context.vertx()
                .fileSystem()
                .createTempDirectory("foobar-uploads-")
                .map(uploads -> {
                    var events = new Events(context, Events.HEARTBEAT_EVERY);
                    var online = new OnlineCounter(context, OnlineCounter.REPEATED_EVERY);
                    running = new Running(context, events, online, uploads);
                    return Api.router(context, new SqlMessages(context), events, online, uploads);
                });
    }

    @Override
    public Future<Void> stop() {
        if (running == null) {
            return Future.succeededFuture();
        }
        running.events().close();
        running.online().close();
        return running.context().vertx().fileSystem().deleteRecursive(running.uploads());
    }
}
