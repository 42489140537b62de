package io.colonnade.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.site.Site;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SiteStartTest {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    @Test
    void startsASiteWhenItsDatabaseComesBack() throws Exception {
        var tries = new AtomicInteger();
        var database = SiteServer.databaseThat(() -> tries.incrementAndGet() < 3
                ? Future.failedFuture(new IllegalStateException("connection refused"))
                : Future.succeededFuture());
        var site = SiteServer.siteOf((router, context) -> router.get("/").handler(ctx -> ctx.end("here")));
        try (var server = new SiteServer(site, database, SiteServer.startLimit(Duration.ofMillis(50)))) {
            assertThat(server.get("/").body()).isEqualTo("site shop is failed on this node");
            assertThat(server.outcomes.get(0).cause()).isInstanceOfSatisfying(Failure.class, failure -> {
                assertThat(failure.kind()).isEqualTo(Kind.SITE_UNAVAILABLE);
                assertThat(failure.progress()).isEqualTo(Progress.NOTHING);
            });
            assertThat(server.tier
                            .status()
                            .getJsonArray("sites")
                            .getJsonObject(0)
                            .getJsonArray("lanes"))
                    .containsExactly("failed");
            assertThat(server.tier.health("shop").inWords())
                    .isEqualTo("has failed: IllegalStateException: connection refused");
            await().untilAsserted(() -> assertThat(server.get("/").body()).isEqualTo("here"));
            assertThat(server.tier.health("shop").isReady()).isTrue();
        }
    }

    @Test
    void aSiteWhoseClassesDoNotFitIsStartedOnceAndTheNodeDoesNotWait() throws Exception {
        var starts = new AtomicInteger();
        Site broken = context -> {
            starts.getAndIncrement();
            throw new NoSuchMethodError("shop.Basket.of");
        };
        try (var server = new SiteServer(
                broken, SiteServer.databaseThat(Future::succeededFuture), SiteServer.startLimit(A_MINUTE))) {
            assertThat(server.get("/").body()).isEqualTo("site shop is failed on this node");
            assertThat(server.tier.health("shop").inWords())
                    .isEqualTo(
                            "has failed: NoSuchMethodError: shop.Basket.of; it stays so until this node is started with"
                                    + " another jar of the site");
            assertThat(starts).hasValue(1);
        }
    }

    @Test
    void aStartThatFailedIsTriedOffTheLanesBeforeTheLanesTryIt() throws Exception {
        var threads = new ConcurrentLinkedQueue<Thread>();
        var site = SiteServer.siteOf((router, context) -> {
            threads.add(Thread.currentThread());
            if (threads.size() < 4) {
                throw new IllegalStateException("no licence");
            }
            router.get("/").handler(ctx -> ctx.end("here"));
        });
        try (var server = new SiteServer(
                site, SiteServer.databaseThat(Future::succeededFuture), SiteServer.startLimit(A_MINUTE))) {
            assertThat(server.get("/").body()).isEqualTo("here");
            var all = List.copyOf(threads);
            assertThat(all).hasSize(5);
            assertThat(all.get(4)).isSameAs(all.get(0));
            assertThat(all.subList(1, 4)).doesNotContain(all.get(0)).containsOnly(all.get(1));
        }
    }

    @Test
    void aSiteThatIsHeldBackIsStartedWhenItMay() throws Exception {
        var calls = new ConcurrentLinkedQueue<String>();
        var starts = new Sites.Starts() {
            @Override
            public Optional<Throwable> refusal(String site) {
                calls.add("ask");
                return calls.size() < 3 ? Optional.of(new IllegalStateException("held back")) : Optional.empty();
            }

            @Override
            public void begun(String site) {
                calls.add("begun");
            }

            @Override
            public void ended(String site) {
                calls.add("ended");
            }
        };
        var site = SiteServer.siteOf((router, context) -> calls.add("start"));
        var database = SiteServer.databaseThat(Future::succeededFuture);
        try (var server = new SiteServer(site, database, SiteServer.startLimit(A_MINUTE), starts)) {
            assertThat(server.tier.health("shop").isReady()).isTrue();
            assertThat(calls).containsSubsequence("ask", "ask", "begun", "start", "begun", "start", "ended");
        }
    }

    @Test
    void oneLaneIsTheFirstAndStaysSo() throws Exception {
        var firsts = new ConcurrentLinkedQueue<Boolean>();
        var site = SiteServer.siteOf((router, context) -> {
            firsts.add(context.firstLane());
            if (firsts.size() == 1) {
                throw new IllegalStateException("once more");
            }
        });
        var database = SiteServer.databaseThat(Future::succeededFuture);
        try (var server = new SiteServer(site, database, SiteServer.startLimit(A_MINUTE))) {
            assertThat(server.tier.health("shop").isReady()).isTrue();
            assertThat(firsts).containsExactly(true, false, true); // the second is the trial, which is no lane's
        }
    }

    @Test
    void whatFollowsTheStartLimitRunsOnTheLane() throws Exception {
        var database = SiteServer.databaseThat(Future::succeededFuture);
        Site never = context -> Promise.<Router>promise().future();
        try (var server = new SiteServer(never, database, SiteServer.startLimit(Duration.ofMillis(50)))) {
            assertThat(server.startedOnLane).isTrue();
        }
    }

    @Test
    void theStartWaitsUntilTheSiteHasStarted() throws Exception {
        var tries = new AtomicInteger();
        var database = SiteServer.databaseThat(() -> tries.incrementAndGet() < 3
                ? Future.failedFuture(new IllegalStateException("connection refused"))
                : Future.succeededFuture());
        var site = SiteServer.siteOf((router, context) -> router.get("/").handler(ctx -> ctx.end("here")));
        try (var server = new SiteServer(site, database, AppConfig.DEFAULTS)) {
            assertThat(server.tier.health("shop").isReady()).isTrue();
            assertThat(server.get("/").body()).isEqualTo("here");
        }
    }

    @Test
    void aSiteWhoseStartNeverEndsDoesNotStopTheNode() throws Exception {
        var never = Promise.<Router>promise();
        var database = SiteServer.databaseThat(Future::succeededFuture);
        try (var server =
                new SiteServer(context -> never.future(), database, SiteServer.startLimit(Duration.ofMillis(50)))) {
            assertThat(server.get("/").body()).isEqualTo("site shop is starting on this node");
            assertThat(server.tier.health("shop").inWords()).isEqualTo("is still starting");
        }
    }
}
