package io.colonnade.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.colonnade.app.code.SiteClassLoader;
import io.colonnade.site.Site;
import io.colonnade.testing.SiteJar;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class BlockedLanesTest {
    private static final AppConfig CONFIG = new AppConfig(
            AppConfig.DEFAULTS.sessionIdle(),
            "session",
            Duration.ofMillis(500),
            AppConfig.DEFAULTS.startLimit(),
            AppConfig.DEFAULTS.maxWebsocketFrame(),
            AppConfig.DEFAULTS.maxWebsocketMessage(),
            AppConfig.DEFAULTS.maxUnread(),
            AppConfig.DEFAULTS.maxFormFields(),
            AppConfig.DEFAULTS.maxFormBytes());

    private static final String BLOCKS_IN_A_TIMER =
            """
            package com.acme;
            import io.vertx.core.Future;
            import io.vertx.ext.web.Router;
            public class Shop implements io.colonnade.site.Site {
                public Future<Router> start(io.colonnade.site.SiteContext site) {
                    var router = Router.router(site.vertx());
                    router.get("/slow").handler(ctx -> site.vertx().timer(1).onSuccess(v -> {
                        try {
                            Thread.sleep(2000);
                        } catch (InterruptedException interrupted) {
                            Thread.currentThread().interrupt();
                        }
                        ctx.end();
                    }));
                    return Future.succeededFuture(router);
                }
            }
            """;

    private final Logger logger = (Logger) LoggerFactory.getLogger(BlockedLanes.class);
    private final Lines lines = new Lines();
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        release.countDown();
        logger.detachAppender(lines);
    }

    @Test
    void namesTheSiteAndTheRouteOnceAndTellsWhenItIsOver() throws Exception {
        var site =
                SiteServer.siteOf((router, context) -> router.get("/slow/:id").handler(ctx -> {
                    block();
                    ctx.end();
                }));
        try (var server = new SiteServer(site, SiteServer.databaseThat(Future::succeededFuture), CONFIG)) {
            var answer = server.getAsync("/slow/7");
            await().until(() -> !lines.warnings.isEmpty());
            assertThat(lines.warnings.get(0)).startsWith("site shop: GET /slow/:id has blocked its event loop for ");
            release.countDown();
            answer.get();
            await().until(() -> lines.warnings.size() == 2);
            assertThat(lines.warnings.get(1)).startsWith("site shop: GET /slow/:id gave its event loop back after ");
        }
    }

    @Test
    void namesTheRouteThatBlocksWhenTheBodyArrives() throws Exception {
        var site = SiteServer.siteOf((router, context) -> router.post("/slow")
                .handler(ctx -> ctx.request().endHandler(v -> {
                    block();
                    ctx.end();
                })));
        try (var server = new SiteServer(site, SiteServer.databaseThat(Future::succeededFuture), CONFIG)) {
            var answer = server.postAsync("/slow", "body");
            await().until(() -> !lines.warnings.isEmpty());
            assertThat(lines.warnings.get(0)).startsWith("site shop: POST /slow has blocked");
            release.countDown();
            answer.get();
        }
    }

    @Test
    void namesTheLineAndTheRoutesInFlightIfASiteBlocksAfterAnAsynchronousStep(@TempDir Path folder) throws Exception {
        var jar = SiteJar.of("com.acme.Shop")
                .source("com.acme.Shop", BLOCKS_IN_A_TIMER)
                .write(folder.resolve("shop.jar"));
        try (var loader = new SiteClassLoader("shop", List.of(jar), getClass().getClassLoader());
                var server = new SiteServer(
                        ServiceLoader.load(Site.class, loader).findFirst().orElseThrow(),
                        SiteServer.databaseThat(Future::succeededFuture),
                        CONFIG)) {
            var answer = server.getAsync("/slow");
            await().until(() -> !lines.warnings.isEmpty());
            assertThat(lines.warnings.get(0))
                    .startsWith("site shop, at com.acme.Shop.lambda$")
                    .contains("with shop: GET /slow in flight, has blocked");
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
    }

    private void block() {
        try {
            release.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final List<String> warnings = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel() == ch.qos.logback.classic.Level.WARN) {
                warnings.add(event.getFormattedMessage());
            }
        }
    }
}
