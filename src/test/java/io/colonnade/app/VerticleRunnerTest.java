package io.colonnade.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.app.SiteProgram.OfVerticle;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VerticleRunnerTest {
    /** As the first page of Vert.x's documentation has it, with a router. */
    public static final class Plain extends VerticleBase {
        static final AtomicInteger STOPPED = new AtomicInteger();

        @Override
        public Future<?> start() {
            var router = Router.router(vertx);
            router.get("/where")
                    .handler(request -> request.json(new JsonObject()
                            .put("lane", ((ContextInternal) context).inThread())
                            .put("config", config())
                            .put("deployments", vertx.deploymentIDs().size())
                            .put("guarded", vertx.getClass().getSimpleName())));
            router.post("/body")
                    .handler(BodyHandler.create(false))
                    .handler(request -> request.end(request.body().asString()));
            router.get("/throws").handler(request -> {
                throw new IllegalStateException("as an application does");
            });
            return vertx.createHttpServer(new HttpServerOptions().setPort(8888))
                    .requestHandler(router)
                    .webSocketHandler(socket -> socket.textMessageHandler(socket::writeTextMessage))
                    .listen();
        }

        @Override
        public Future<?> stop() {
            STOPPED.incrementAndGet();
            return vertx.close().otherwiseEmpty();
        }
    }

    /** The older kind, which deploys the verticle with the server several times. */
    public static final class Several extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            vertx.deployVerticle(Numbered.class.getName(), new DeploymentOptions().setInstances(3))
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }

    public static final class Numbered extends AbstractVerticle {
        static final AtomicInteger MADE = new AtomicInteger();

        private final int number = MADE.incrementAndGet();

        @Override
        public void start() {
            vertx.createHttpServer()
                    .requestHandler(request -> request.response().end(Integer.toString(number)))
                    .listen(8080);
        }
    }

    public static final class Working extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            var options = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
            vertx.deployVerticle(Worker::new, options).<Void>mapEmpty().onComplete(started);
        }
    }

    public static final class Worker extends AbstractVerticle {
        @Override
        public void start() {
            vertx.createHttpServer()
                    .requestHandler(request -> {
                        var worker = Context.isOnWorkerThread();
                        request.body().onSuccess(body -> request.response().end(body + " " + worker));
                    })
                    .listen(8080);
        }
    }

    public static final class TwoPorts extends VerticleBase {
        @Override
        public Future<?> start() {
            return listen(vertx, 8080, "first").compose(first -> listen(vertx, 9090, "second"));
        }

        private static Future<?> listen(Vertx vertx, int port, String answer) {
            return vertx.createHttpServer()
                    .requestHandler(request -> request.response().end(answer))
                    .listen(port);
        }
    }

    public static final class Throwing extends VerticleBase {
        @Override
        public Future<?> start() {
            return vertx.createHttpServer()
                    .requestHandler(request -> {
                        throw new IllegalStateException("as an application does");
                    })
                    .listen(8080);
        }
    }

    public static final class Silent extends VerticleBase {}

    @Test
    void anApplicationRunsOnTheLaneWithTheGuardedVertx() throws Exception {
        var before = Plain.STOPPED.get();
        try (var server = server(Plain.class, 0)) {
            var where = new JsonObject(server.get("/where").body());
            assertThat(where.getBoolean("lane")).isTrue();
            assertThat(where.getJsonObject("config")).isEqualTo(new JsonObject());
            assertThat(where.getInteger("deployments")).isEqualTo(1);
            assertThat(where.getString("guarded")).isEqualTo("GuardedVertx");
            assertThat(server.post("/body", "some text").body()).isEqualTo("some text");
            assertThat(server.get("/throws").statusCode()).isEqualTo(500);
            assertThat(server.head("/where").statusCode()).isEqualTo(200);
            assertThat(server.get("/none").statusCode()).isEqualTo(404);
            server.undeploy();
            assertThat(Plain.STOPPED.get()).isEqualTo(before + 1);
        }
    }

    @Test
    void itsWebSocketHandlerGetsWebSockets() throws Exception {
        var echoed = new CompletableFuture<String>();
        try (var server = server(Plain.class, 0)) {
            var socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/any"), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                            echoed.complete(text.toString());
                            return CompletableFuture.completedStage(text);
                        }
                    })
                    .get(10, TimeUnit.SECONDS);
            socket.sendText("hello", true).get(10, TimeUnit.SECONDS);
            assertThat(echoed.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
            socket.abort();
        }
    }

    @Test
    void serversAtOnePortAnswerInTurn() throws Exception {
        try (var server = server(Several.class, 0)) {
            var first = server.get("/").body();
            var second = server.get("/").body();
            var third = server.get("/").body();
            assertThat(first).isNotEqualTo(second);
            assertThat(third).isNotEqualTo(first).isNotEqualTo(second);
            assertThat(server.get("/").body()).isEqualTo(first);
        }
    }

    @Test
    void aServerOfAWorkerGetsTheBodyThere() throws Exception {
        try (var server = server(Working.class, 0)) {
            assertThat(server.post("/", "text").body()).isEqualTo("text true");
        }
    }

    @Test
    void aHandlerThatThrowsIsTheAnswer500() throws Exception {
        try (var server = server(Throwing.class, 0)) {
            assertThat(server.get("/").statusCode()).isEqualTo(500);
        }
    }

    @Test
    void aSecondPortIsRefused() {
        try (var server = server(TwoPorts.class, 0)) {
            assertThat(failure(server)).contains("port 8080", "port 9090");
        }
        try (var server = server(TwoPorts.class, 9090)) {
            assertThat(failure(server)).contains("that of port 8080 is not opened");
        }
    }

    @Test
    void anApplicationThatNeverListensFails() {
        try (var server = server(Silent.class, 0)) {
            assertThat(failure(server)).contains("listens with no server");
        }
    }

    private static String failure(SiteServer server) {
        await().until(() -> !server.tier.health("shop").inWords().equals("is still starting"));
        return server.tier.health("shop").inWords();
    }

    private static SiteServer server(Class<? extends Deployable> main, int port) {
        var defaults = AppConfig.DEFAULTS;
        var config = SiteServer.startLimit(Duration.ofMillis(500));
        return new SiteServer(
                new OfVerticle(main, port, Duration.ofMillis(300)),
                SiteServer.databaseThat(Future::succeededFuture),
                port == 0 && main != TwoPorts.class && main != Silent.class ? defaults : config,
                SiteServer.ALL_MAY_START);
    }
}
