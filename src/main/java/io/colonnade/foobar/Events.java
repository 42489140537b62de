package io.colonnade.foobar;

import io.colonnade.site.SiteContext;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The open event streams of one lane (server-sent events): {@code posted} with a message, {@code deleted} with its {@code id}.
 *
 * <p>Events are not replayed. A page that reconnects reads {@code /api/messages} again, which also shows what was deleted
 * meanwhile.
 */
final class Events {
    /** Shorter than the time after which proxies and phones close a silent connection. */
    static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(15);

    /** The bytes that may wait for a reader. The connection of a slower reader is closed; its page reconnects and catches up. */
    private static final int MAX_WAITING = 64 * 1024;

    private static final String TOPIC = "messages";
    private static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");
    private static final Buffer GREETING = Buffer.buffer("retry: 2000\n\n");

    private final SiteContext context;
    private final Set<HttpServerResponse> readers = new HashSet<>();
    private final SiteContext.Subscription subscription;
    private final long heartbeat;

    Events(SiteContext context, Duration heartbeatEvery) {
        this.context = context;
        subscription = context.subscribe(TOPIC, event -> send(encode((JsonObject) event)));
        heartbeat = vertx().setPeriodic(heartbeatEvery.toMillis(), timer -> send(HEARTBEAT));
    }

    private Vertx vertx() {
        return context.vertx();
    }

    /** Tells every open page on every node. */
    void posted(Message message) {
        publish("posted", message.id(), message.json());
    }

    /** Tells every open page on every node. */
    void deleted(long id) {
        publish("deleted", id, new JsonObject().put("id", id));
    }

    private void publish(String event, long id, JsonObject data) {
        context.publish(
                TOPIC, new JsonObject().put("event", event).put("id", id).put("data", data));
    }

    private static Buffer encode(JsonObject event) {
        return Buffer.buffer("event: " + event.getString("event") + "\nid: " + event.getLong("id") + "\ndata: "
                + event.getJsonObject("data").encode() + "\n\n");
    }

    /** Opens a stream, which lasts until the reader leaves, is too slow, or the site stops. */
    void open(RoutingContext ctx) {
        var response = ctx.response();
        response.setChunked(true)
                .setWriteQueueMaxSize(MAX_WAITING)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .write(GREETING);
        readers.add(response);
        ctx.addEndHandler(ended -> readers.remove(response));
    }

    private void send(Buffer event) {
        for (var reader : List.copyOf(readers)) {
            if (reader.writeQueueFull()) {
                readers.remove(reader);
                reader.reset();
            } else {
                reader.write(event);
            }
        }
    }

    /** Ends all streams; the pages reconnect to another node. */
    void close() {
        vertx().cancelTimer(heartbeat);
        subscription.close();
        List.copyOf(readers).forEach(HttpServerResponse::end);
    }
}
