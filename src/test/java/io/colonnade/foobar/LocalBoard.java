package io.colonnade.foobar;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The board's API on a port of its own, over a plain HTTP server, with messages in memory. */
final class LocalBoard implements AutoCloseable {
    static final Duration HEARTBEAT_EVERY = Duration.ofMillis(50);

    final MemoryMessages messages = new MemoryMessages();
    /** One event loop, as a lane has. */
    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    private final LocalSite site = new LocalSite(vertx);
    private final Events events = new Events(site, HEARTBEAT_EVERY);
    private final OnlineCounter online = new OnlineCounter(site, Duration.ofMillis(500));
    private final HttpServer server;

    LocalBoard(Path uploads) {
        server = await(vertx.createHttpServer().requestHandler(router(uploads)).listen(0, "127.0.0.1"));
    }

    private Router router(Path uploads) {
        var router = Api.router(site, messages, events, online, uploads.toString());
        router.errorHandler(500, ctx -> ctx.response().setStatusCode(503).end("the node's answer"));
        return router;
    }

    int port() {
        return server.actualPort();
    }

    Visitor visitor() {
        return new Visitor("http://127.0.0.1:" + port());
    }

    /** Posts through the events of the board, as if on another node. */
    void publish(Message message) {
        vertx.runOnContext(v -> events.posted(message));
    }

    /** Hears from another lane how many pages it has, once. */
    void hearOfPages(int here) {
        var news = new JsonObject().put("lane", "another").put("here", here);
        vertx.runOnContext(v -> site.publish("presence", news));
    }

    /** Ends the event streams and WebSockets, as the site does when it stops. */
    void stop() {
        vertx.runOnContext(v -> {
            events.close();
            online.close();
        });
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("not within 10 s", e);
        }
    }
}
