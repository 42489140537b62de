package io.colonnade.foobar;

import io.colonnade.site.SiteContext;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * How many pages are open, told to each of them over a WebSocket of its own as {@code {"here":3}}.
 *
 * <p>Each lane of each node tells the others how many it has, when that changes and again and again: what one has not repeated
 * for a while is forgotten with it. So the number is right a moment after anything that happens, and never needs a store.
 */
final class OnlineCounter {
    static final Duration REPEATED_EVERY = Duration.ofSeconds(5);

    private static final int FORGOTTEN_AFTER = 3;
    private static final String TOPIC = "presence";
    private static final Buffer PING = Buffer.buffer();

    /** How many another lane has, and in how many rounds it has not repeated it. */
    private record Elsewhere(int here, int silent) {}

    private final SiteContext context;
    private final String lane = UUID.randomUUID().toString();
    private final Set<ServerWebSocket> pages = new HashSet<>();
    private final Map<String, Elsewhere> elsewhere = new HashMap<>();
    private final SiteContext.Subscription subscription;
    private final long timer;
    private int told;

    OnlineCounter(SiteContext context, Duration repeatedEvery) {
        this.context = context;
        subscription = context.subscribe(TOPIC, news -> hear((JsonObject) news));
        timer = vertx().setPeriodic(0, repeatedEvery.toMillis(), round -> repeat());
    }

    private Vertx vertx() {
        return context.vertx();
    }

    /** Counts the page until its connection ends. */
    void open(RoutingContext ctx) {
        if (!ctx.request().headers().contains(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET, true)) {
            ctx.response().putHeader(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
            throw Problem.of(426, "This is a WebSocket; ask with Upgrade: websocket.");
        }
        ctx.request().toWebSocket().onSuccess(this::opened).onFailure(ctx::fail);
    }

    private void opened(ServerWebSocket page) {
        pages.add(page);
        page.closeHandler(closed -> {
            pages.remove(page);
            changed();
        });
        changed();
    }

    private void changed() {
        publish();
        tell();
    }

    private void publish() {
        context.publish(TOPIC, new JsonObject().put("lane", lane).put("here", pages.size()));
    }

    private void hear(JsonObject news) {
        var from = news.getString("lane");
        if (!from.equals(lane)) {
            var first = elsewhere.put(from, new Elsewhere(news.getInteger("here"), 0)) == null;
            if (first) {
                publish();
            }
            tell();
        }
    }

    /** A ping keeps a silent connection from being closed for being idle. */
    private void repeat() {
        elsewhere.replaceAll((from, it) -> new Elsewhere(it.here(), it.silent() + 1));
        elsewhere.values().removeIf(it -> it.silent() > FORGOTTEN_AFTER);
        pages.forEach(page -> page.writePing(PING));
        changed();
    }

    /** Tells the pages, if there is something new. One that does not read is not waited for. */
    private void tell() {
        var here = here();
        if (here != told) {
            told = here;
            for (var page : List.copyOf(pages)) {
                if (page.writeQueueFull()) {
                    page.close();
                } else {
                    page.writeTextMessage(text());
                }
            }
        }
    }

    private int here() {
        return pages.size()
                + elsewhere.values().stream().mapToInt(Elsewhere::here).sum();
    }

    private String text() {
        return new JsonObject().put("here", here()).encode();
    }

    /** Closes every connection with 1012; the pages come back to another node. */
    void close() {
        vertx().cancelTimer(timer);
        subscription.close();
        context.publish(TOPIC, new JsonObject().put("lane", lane).put("here", 0));
        List.copyOf(pages).forEach(page -> page.close((short) 1012, "service restart"));
    }
}
