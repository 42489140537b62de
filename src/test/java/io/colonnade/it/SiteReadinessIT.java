package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.LoadClient;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.testing.RawHttp;
import io.colonnade.testing.SiteJar;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is restarted with a release that cannot start answers with the release of the others: no request fails. */
class SiteReadinessIT {
    private static final String START_THROWS = "throw new IllegalStateException(\"no licence\");";

    @TempDir
    private Path folder;

    @Test
    void aReleaseWhoseStartThrowsHarmsNobody() throws IOException {
        var good = site("1.0", "").write(folder.resolve("shop-1.0.jar"));
        var bad = site("2.0", START_THROWS).write(folder.resolve("shop-2.0.jar"));
        restartOneOfTwo(good, bad, "no licence");
    }

    @Test
    void aReleaseWhoseMigrationFailsHarmsNobody() throws IOException {
        var good = site("1.0", "").write(folder.resolve("shop-1.0.jar"));
        var bad = site("2.0", "")
                .file("db/migration/V1__basket.sql", "CREATE TABEL basket (id INT);")
                .write(folder.resolve("shop-2.0.jar"));
        restartOneOfTwo(good, bad, "TABEL");
    }

    private static void restartOneOfTwo(Path good, Path bad, String reason) throws IOException {
        try (var cluster = new Nodes()) {
            var first = cluster.start(launch -> launch.with("--site", good.toString()));
            var port = first.port();
            var second = cluster.start(with(good, port));
            try (var load = new LoadClient(8, RawHttp.request("GET", "/version"), () -> port);
                    var fresh = new LoadClient(2, RawHttp.request("GET", "/", "Connection: close"), () -> port)) {
                load.slowDownTo(200);
                fresh.slowDownTo(50);
                second.sigterm();
                assertThat(second.awaitExit()).as(second::log).isZero();
                var renewed = cluster.begin(with(bad, port)).awaitReady();
                assertTold(renewed, reason);
                await().until(() -> state(first, renewed.name()).equals("failed"));
                var before = load.answered();
                await().until(() -> load.answered() > before + 400);
                renewed.sigterm();
                assertThat(renewed.awaitExit()).as(renewed::log).isZero();
                var corrected = cluster.start(with(good, port));
                assertThat(corrected.admin("/health/ready/shop")).isEqualTo("ready\n");
                assertThat(load.failed()).isEmpty();
                assertThat(fresh.failed()).isEmpty();
            }
        }
    }

    private static void assertTold(Node node, String reason) {
        assertThat(node.out()).containsPattern(" not ready +shop ");
        assertThat(node.admin("/health/ready")).isEqualTo("ready\n");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> state(node, node.name()).equals("failed"));
        assertThat(new JsonObject(node.admin("/health/ready/shop")).getInteger("status"))
                .isEqualTo(503);
        assertThat(node.admin("/health/ready/shop")).contains("has failed").contains(reason);
    }

    private static String state(Node asked, String member) {
        return asked.member(member)
                .map(told -> told.getJsonArray("sites").getJsonObject(0).getString("state"))
                .orElse("");
    }

    private static UnaryOperator<Launch> with(Path site, int port) {
        return launch -> launch.with("--site", site.toString(), "--port", Integer.toString(port))
                .with("--set", "app.start-limit=3s");
    }

    private static SiteJar site(String version, String first) {
        return SiteJar.of("shop.Shop")
                .file("webroot/index.html", version)
                .source(
                        "shop.Shop",
                        """
                        package shop;

                        import io.vertx.core.Future;
                        import io.vertx.ext.web.Router;

                        public final class Shop implements io.colonnade.site.Site {
                            public Future<Router> start(io.colonnade.site.SiteContext context) {
                                if (context.config().isEmpty()) {
                                    %s
                                }
                                var router = Router.router(context.vertx());
                                router.get("/version").handler(request -> request.end("%s"));
                                return Future.succeededFuture(router);
                            }
                        }
                        """
                                .formatted(first, version));
    }
}
