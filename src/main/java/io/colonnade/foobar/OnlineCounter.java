package io.colonnade.foobar;

import io.colonnade.site.SiteContext;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Counts the open pages, and sends the number to each of them over the page's WebSocket, as {@code {"here":3}}.
 *
 * <p>Each lane of each node publishes its own number when it changes, and every 5 s. The number of a lane that has not repeated
 * it for four rounds is dropped. Therefore the sum is right a moment after any change, and nothing has to be stored. Of many
 * changes at once the pages and the other lanes hear the outcome only, so that many pages that come and go cost little.
 */
final class OnlineCounter {
    static final Duration REPEATED_EVERY = Duration.ofSeconds(5);

    /** What changes within this time is told at once. */
    private static final long TOLD_AFTER_MILLIS = 250;

    private static final int FORGOTTEN_AFTER = 3;
    private static final String TOPIC = "presence";

    /** The number of another lane, and the rounds since the lane has last published it. */
    private record Elsewhere(int here, int silent) {}

    private final SiteContext context;
    private final String lane = UUID.randomUUID().toString();
    private final Set<ServerWebSocket> pages = new HashSet<>();
    private final Map<String, Elsewhere> elsewhere = new HashMap<>();
    private final SiteContext.Subscription subscription;
    private final long timer;
    private List<ServerWebSocket> newcomers = new ArrayList<>();
    private boolean telling;
    private boolean unpublished;
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
        newcomers.add(page);
        page.closeHandler(closed -> {
            pages.remove(page);
            changed();
        });
        changed();
    }

    private void changed() {
        unpublished = true;
        tellSoon();
    }

    private void tellSoon() {
        if (!telling) {
            telling = true;
            vertx().setTimer(TOLD_AFTER_MILLIS, passed -> {
                telling = false;
                if (unpublished) {
                    publish();
                }
                tell();
            });
        }
    }

    private void publish() {
        unpublished = false;
        context.publish(TOPIC, new JsonObject().put("lane", lane).put("here", pages.size()));
    }

    private void hear(JsonObject news) {
        var from = news.getString("lane");
        if (!from.equals(lane)) {
            var first = elsewhere.put(from, new Elsewhere(news.getInteger("here"), 0)) == null;
            unpublished |= first;
            tellSoon();
        }
    }

    /** Publishes the number again, also if it has not changed. */
    private void repeat() {
        elsewhere.replaceAll((from, it) -> new Elsewhere(it.here(), it.silent() + 1));
        elsewhere.values().removeIf(it -> it.silent() > FORGOTTEN_AFTER);
        changed();
    }

    /** Sends the number to the pages if it has changed, and to those that have not heard it yet. */
    private void tell() {
        var here = here();
        var hearing = here == told ? newcomers : List.copyOf(pages);
        newcomers = new ArrayList<>();
        told = here;
        var text = new JsonObject().put("here", here).encode();
        hearing.forEach(page -> tell(page, text));
    }

    /** The connection of a page that does not read is closed. */
    private void tell(ServerWebSocket page, String text) {
        if (page.isClosed()) {
            return;
        }
        if (page.writeQueueFull()) {
            pages.remove(page);
            page.close();
        } else {
            page.writeTextMessage(text);
        }
    }

    private int here() {
        return pages.size()
                + elsewhere.values().stream().mapToInt(Elsewhere::here).sum();
    }

    /** Closes all connections with 1012 (service restart); the pages reconnect to another node. */
    void close() {
        vertx().cancelTimer(timer);
        subscription.close();
        context.publish(TOPIC, new JsonObject().put("lane", lane).put("here", 0));
        var closing = List.copyOf(pages);
        pages.clear();
        closing.forEach(page -> page.close((short) 1012, "service restart"));
    }
}
