package io.colonnade.node.lane;

import io.colonnade.cluster.Member;
import io.colonnade.config.SiteConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that a node sends to one of its own lanes before it is ready, because the first requests of a process cost many times
 * as much as later ones. They go the ways that clients' requests go: by HTTP straight to the tiers, and through the frames that carry
 * requests between nodes. They are sent one after the other until the time limit, or until more of them would change little. A page
 * that fails is logged and left out; it never stops the start. Used on the lane's event loop.
 */
final class WarmUp {
    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final int ENOUGH = 10_000;

    /** A path of a site, asked for at one of the lane's ways in. */
    private record Page(int port, String host, String path) {}

    private final HttpClient client;
    private final List<HttpServer> waysIn;
    private final List<Page> pages = new ArrayList<>();
    private final long deadline;
    private final Promise<Void> done = Promise.promise();
    private int asked;

    private WarmUp(Vertx vertx, List<HttpServer> waysIn, List<SiteConfig> sites, Duration timeLimit) {
        this.client = vertx.createHttpClient();
        this.waysIn = waysIn;
        this.deadline = System.nanoTime() + timeLimit.toNanos();
        for (var site : sites) {
            for (var path : site.warmUp()) {
                waysIn.forEach(
                        way -> pages.add(new Page(way.actualPort(), site.hosts().get(0), path)));
            }
        }
    }

    /** Completes when the lane is warm or the time limit is over; never fails. */
    static Future<Void> run(Lane lane, Vertx vertx, Member self, List<SiteConfig> sites, Duration timeLimit) {
        return lane.openForWarmUp(vertx, self)
                .compose(waysIn -> new WarmUp(vertx, waysIn, sites, timeLimit).run())
                .onFailure(cause -> log.warn("this node starts without a warm-up: {}", cause.getMessage()))
                .otherwiseEmpty();
    }

    private Future<Void> run() {
        next();
        return done.future()
                .eventually(client::close)
                .eventually(
                        () -> Future.join(waysIn.stream().map(HttpServer::close).toList()));
    }

    private void next() {
        if (pages.isEmpty() || asked == ENOUGH || left() <= 0) {
            done.complete();
            return;
        }
        var page = pages.get(asked++ % pages.size());
        ask(page).onFailure(cause -> leaveOut(page, cause)).onComplete(answered -> next());
    }

    private long left() {
        return deadline - System.nanoTime();
    }

    private Future<Void> ask(Page page) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(page.port())
                .setURI(page.path())
                .putHeader("host", page.host())
                .setTimeout(Math.max(1, left() / 1_000_000));
        return client.request(options).compose(request -> request.send()).compose(WarmUp::read);
    }

    private static Future<Void> read(HttpClientResponse response) {
        return response.statusCode() < 400
                ? response.end()
                : Future.failedFuture("it is answered with status " + response.statusCode());
    }

    private void leaveOut(Page page, Throwable cause) {
        pages.remove(page);
        if (left() > 0) {
            log.info("the warm-up leaves out {} of {}: {}", page.path(), page.host(), cause.getMessage());
        }
    }
}
