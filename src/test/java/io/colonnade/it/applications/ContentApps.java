package io.colonnade.it.applications;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.colonnade.it.applications.RoutingApps.Routed;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.JWTAuthHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.healthchecks.HealthCheckHandler;

/** What applications read, write, send and keep. */
public final class ContentApps {
    private ContentApps() {}

    public static final class Forms extends Routed {
        @Override
        protected void routes(Router router) {
            router.post("/")
                    .handler(BodyHandler.create(false))
                    .handler(request -> request.end(request.request().getFormAttribute("name")));
        }
    }

    public static final class Pojos extends Routed {
        public static final class Account {
            public final String name = "ann";

            @JsonIgnore
            public final String password = "hash";
        }

        @Override
        protected void routes(Router router) {
            router.get("/").handler(request -> request.json(new Account()));
        }
    }

    public static final class Jwt extends Routed {
        @Override
        protected void routes(Router router) {
            var provider = JWTAuth.create(
                    vertx,
                    new JWTAuthOptions()
                            .addPubSecKey(new PubSecKeyOptions()
                                    .setAlgorithm("HS256")
                                    .setBuffer("keyboard cat, and longer")));
            router.get("/token")
                    .handler(request ->
                            request.end(provider.generateToken(new JsonObject().put("sub", "ann"), new JWTOptions())));
            router.get("/private")
                    .handler(JWTAuthHandler.create(provider))
                    .handler(request ->
                            request.end("for " + request.user().principal().getString("sub")));
        }
    }

    public static final class Health extends Routed {
        @Override
        protected void routes(Router router) {
            var checks = HealthChecks.create(vertx).register("up", promise -> promise.complete(Status.OK()));
            router.get("/health").handler(HealthCheckHandler.createWithHealthChecks(checks));
        }
    }

    public static final class EventStream extends Routed {
        @Override
        protected void routes(Router router) {
            router.get("/").handler(request -> {
                var response = request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
                response.write("data: one\n\n");
                vertx.setTimer(20, first -> response.write("data: two\n\n").onSuccess(v -> response.end()));
            });
        }
    }

    public static final class Echo extends VerticleBase {
        @Override
        public Future<?> start() {
            return vertx.createHttpServer()
                    .requestHandler(request -> request.response().end("no WebSocket"))
                    .webSocketHandler(
                            socket -> socket.textMessageHandler(text -> socket.writeTextMessage("echo " + text)))
                    .listen(8080);
        }
    }

    public static final class SockJs extends Routed {
        @Override
        protected void routes(Router router) {
            router.route("/bus/*")
                    .subRouter(SockJSHandler.create(vertx).socketHandler(socket -> socket.handler(socket::write)));
        }
    }

    public static final class EventBusReply extends VerticleBase {
        @Override
        public Future<?> start() {
            vertx.eventBus().<String>consumer("greetings", message -> message.reply("hello " + message.body()));
            return vertx.createHttpServer()
                    .requestHandler(request -> vertx.eventBus()
                            .<String>request("greetings", "bus")
                            .map(Message::body)
                            .onSuccess(request.response()::end)
                            .onFailure(failed ->
                                    request.response().setStatusCode(500).end(failed.getMessage())))
                    .listen(8080);
        }
    }

    public static final class Blocking extends Routed {
        @Override
        protected void routes(Router router) {
            router.get("/handler").blockingHandler(request -> request.end("from " + thread()));
            router.get("/code").handler(request -> vertx.executeBlocking(Blocking::thread)
                    .onSuccess(name -> request.end("from " + name)));
        }

        private static String thread() {
            return Thread.currentThread().getName().replaceAll("-\\d+$", "");
        }
    }

    public static final class Worker extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            var options = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
            vertx.deployVerticle(new OnWorker(), options).<Void>mapEmpty().onComplete(started);
        }
    }

    private static final class OnWorker extends AbstractVerticle {
        @Override
        public void start() {
            vertx.createHttpServer()
                    .requestHandler(request ->
                            request.body().onSuccess(body -> request.response().end(body)))
                    .listen(8080);
        }
    }

    /** Forwards to the one of its verticles that listens at a port of its own, with a plain server of sockets. */
    public static final class Proxy extends VerticleBase {
        @Override
        public Future<?> start() {
            return vertx.createNetServer()
                    .connectHandler(socket -> socket.handler(head -> socket.end(
                            io.vertx.core.buffer.Buffer.buffer("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\norigin"))))
                    .listen(0, "127.0.0.1")
                    .compose(origin -> {
                        var client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
                        return vertx.createHttpServer()
                                .requestHandler(request -> client.request(
                                                HttpMethod.GET, origin.actualPort(), "127.0.0.1", request.uri())
                                        .compose(sent -> sent.send())
                                        .compose(received -> received.body())
                                        .onSuccess(body -> request.response().end(body))
                                        .onFailure(failed -> request.response()
                                                .setStatusCode(502)
                                                .end()))
                                .listen(8080);
                    });
        }
    }
}
