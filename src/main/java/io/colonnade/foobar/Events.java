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
 * <p>Nothing is replayed. A page that reconnects asks {@code /api/messages} for what it has missed, which shows deletions
 * too.
 */
final class Events {
    /** Shorter than what proxies and phones let a silent connection live. */
    static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(15);

    /** What may wait for a reader; one that lets more pile up is cut, and catches up when it comes back. */
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

    /** Opens a stream, which lasts until the reader goes away, is cut, or the site stops. */
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

    /** Ends every stream; the pages come back to another node. */
    void close() {
        vertx().cancelTimer(heartbeat);
        subscription.close();
        List.copyOf(readers).forEach(HttpServerResponse::end);
    }
}
