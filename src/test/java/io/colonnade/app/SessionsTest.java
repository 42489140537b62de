package io.colonnade.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.site.SiteContext;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
    private final List<RoutingContext> atBarrier = new CopyOnWriteArrayList<>();
    private final SiteServer server = new SiteServer(this::routes);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aVisitorWhoOnlyReadsHasNoCookieAndNoEntry() throws Exception {
        var answer = server.get("/get/name");
        assertThat(answer.body()).isEqualTo("null");
        assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
        assertThat(server.sessions.entries).isEmpty();
    }

    @Test
    void theCookieIsForHttpOnlyAndSecureIfTheClientUsedTls() throws Exception {
        assertThat(setCookie(server.get("/put/name/Ada")).orElseThrow())
                .matches("session=[0-9a-f]{48}; Path=/; HTTPOnly; SameSite=Lax");
        assertThat(setCookie(server.get("/put/name/Ada", "x-forwarded-proto", "https"))
                        .orElseThrow())
                .matches("session=[0-9a-f]{48}; Path=/; Secure; HTTPOnly; SameSite=Lax");
    }

    @Test
    void theNextRequestFindsWhatWasPut() throws Exception {
        var cookie = cookie(server.get("/put/name/Ada"));
        var next = server.get("/get/name", "cookie", cookie);
        assertThat(next.body()).isEqualTo("Ada");
        assertThat(setCookie(next)).isEmpty();
        assertThat(server.get("/put/colour/red", "cookie", cookie).headers().firstValue("set-cookie"))
                .isEmpty();
        assertThat(server.get("/get/name", "cookie", cookie).body()).isEqualTo("Ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session=000000000000000000000000000000000000000000000000; %s",
                "%s; session=000000000000000000000000000000000000000000000000",
                "session=deleted; %s",
                "session=; %s",
                "prefs={\"a\":\"b,c\"}; %s",
                "a=\"b; %s",
                "=x; %s",
                "flag;%s",
                "a=1, b=2; %s; a:b=1"
            })
    void theValidOneOfSeveralCookiesCounts(String cookies) throws Exception {
        var cookie = cookie(server.get("/put/name/Ada"));
        var next = server.get("/put/colour/red", "cookie", cookies.formatted(cookie));
        assertThat(setCookie(next)).isEmpty();
        assertThat(server.get("/get/name", "cookie", cookies.formatted(cookie)).body())
                .isEqualTo("Ada");
        assertThat(server.get("/get/colour", "cookie", cookie).body()).isEqualTo("red");
    }

    @Test
    void anUnknownIdIsNeverTakenOver() throws Exception {
        var answer = server.get("/put/name/Ada", "cookie", "session=" + "a".repeat(48));
        assertThat(cookie(answer)).doesNotContain("aaaaaaaaaaaaaaa");
        assertThat(server.sessions.entries).hasSize(1).doesNotContainKey("shop/" + "a".repeat(48));
    }

    @Test
    void theIdIsRenewedAtSignInAndTheOldOneIsWorthNothing() throws Exception {
        var visitor = cookie(server.get("/put/colour/red"));
        var member = cookie(server.get("/sign-in/Ada", "cookie", visitor));
        assertThat(member).isNotEqualTo(visitor);
        assertThat(server.get("/get/user", "cookie", member).body()).isEqualTo("Ada");
        assertThat(server.get("/get/colour", "cookie", member).body()).isEqualTo("red");
        assertThat(server.get("/get/user", "cookie", visitor).body()).isEqualTo("null");
        assertThat(server.get("/get/colour", "cookie", visitor).body()).isEqualTo("null");
    }

    @Test
    void signingOutEndsTheSessionAndItsCookie() throws Exception {
        var member = cookie(server.get("/sign-in/Ada"));
        var out = server.get("/sign-out", "cookie", member);
        assertThat(setCookie(out).orElseThrow())
                .startsWith("session=; Max-Age=0;")
                .contains("HTTPOnly");
        assertThat(server.sessions.entries).isEmpty();
    }

    @Test
    void twoRequestsThatAreHeldAtABarrierBothKeepTheirChanges() throws Exception {
        var cookie = cookie(server.get("/put/name/Ada"));
        var one = server.getAsync("/barrier/colour/red", "cookie", cookie);
        var two = server.getAsync("/barrier/size/7", "cookie", cookie);
        assertThat(one.get().statusCode()).isEqualTo(200);
        assertThat(two.get().statusCode()).isEqualTo(200);
        assertThat(server.get("/get/name", "cookie", cookie).body()).isEqualTo("Ada");
        assertThat(server.get("/get/colour", "cookie", cookie).body()).isEqualTo("red");
        assertThat(server.get("/get/size", "cookie", cookie).body()).isEqualTo("7");
    }

    @Test
    void countsParallelUpdatesOfOneKey() throws Exception {
        var cookie = cookie(server.get("/put/name/Ada"));
        var running = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 100; i++) {
            running.add(server.getAsync("/count", "cookie", cookie));
        }
        for (var one : running) {
            assertThat(one.get().statusCode()).isEqualTo(200);
        }
        assertThat(server.get("/get/n", "cookie", cookie).body()).isEqualTo("100");
    }

    @Test
    void aMapThatDoesNotAnswerIs503AndNotAnEmptySession() throws Exception {
        var cookie = cookie(server.get("/put/name/Ada"));
        server.sessions.silent = true;
        var read = server.get("/get/name", "cookie", cookie);
        assertThat(read.statusCode()).isEqualTo(503);
        assertThat(read.headers().firstValue("retry-after")).isPresent();
        assertThat(server.get("/get/name").statusCode()).isEqualTo(200);
        assertThat(server.tier.status().getLong("sessionFailures")).isEqualTo(1);
    }

    @Test
    void whatCouldNotBeStoredIsNotToldAsDone() throws Exception {
        server.sessions.silent = true;
        var answer = server.get("/put/name/Ada");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).doesNotContain("put");
        assertThat(setCookie(answer)).isEmpty();
    }

    @Test
    void whatAFailedRequestPutIsNotKept() throws Exception {
        assertThat(server.get("/put-and-throw").statusCode()).isEqualTo(500);
        assertThat(server.sessions.entries).isEmpty();
    }

    @Test
    void theBodyWaitsUntilTheSessionIsRead() throws Exception {
        var cookie = cookie(server.get("/put/name/Ada"));
        assertThat(server.post("/echo", "x".repeat(100_000), "cookie", cookie).body())
                .isEqualTo("Ada 100000");
    }

    private void routes(Router router, SiteContext site) {
        router.route().handler(site.sessions());
        router.get("/get/:key")
                .handler(ctx -> ctx.end(String.valueOf(ctx.session().<Object>get(ctx.pathParam("key")))));
        router.get("/put/:key/:value").handler(ctx -> {
            put(ctx);
            ctx.end("put");
        });
        router.get("/put-and-throw").handler(ctx -> {
            ctx.session().put("name", "Ada");
            throw new IllegalStateException();
        });
        router.get("/barrier/:key/:value").handler(this::holdTwo);
        router.get("/count").handler(ctx -> site.update(ctx.session(), "n", n -> n == null ? 1 : (Integer) n + 1)
                .onSuccess(n -> ctx.end("" + n))
                .onFailure(ctx::fail));
        router.get("/sign-in/:name").handler(ctx -> {
            ctx.session().regenerateId().put("user", ctx.pathParam("name"));
            ctx.end();
        });
        router.get("/sign-out").handler(ctx -> {
            ctx.session().destroy();
            ctx.end();
        });
        router.post("/echo")
                .handler(BodyHandler.create())
                .handler(ctx ->
                        ctx.end(ctx.session().get("name") + " " + ctx.body().length()));
    }

    /** Both requests have read the session before either writes. */
    private void holdTwo(RoutingContext context) {
        atBarrier.add(context);
        if (atBarrier.size() == 2) {
            atBarrier.forEach(held -> {
                put(held);
                held.end();
            });
        }
    }

    private static void put(RoutingContext context) {
        context.session().put(context.pathParam("key"), context.pathParam("value"));
    }

    private static String cookie(HttpResponse<?> answer) {
        return setCookie(answer).orElseThrow().replaceFirst(";.*", "");
    }

    private static Optional<String> setCookie(HttpResponse<?> answer) {
        return answer.headers().firstValue("set-cookie");
    }
}
