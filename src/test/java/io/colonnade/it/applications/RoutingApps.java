package io.colonnade.it.applications;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BasicAuthHandler;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CorsHandler;
import io.vertx.ext.web.handler.ResponseTimeHandler;
import io.vertx.ext.web.handler.TimeoutHandler;

/** What Vert.x Web routes, checks and answers. */
public final class RoutingApps {
    private RoutingApps() {}

    /** No router, and a start that does not wait for its server. */
    public static final class Hello extends AbstractVerticle {
        @Override
        public void start() {
            vertx.createHttpServer()
                    .requestHandler(request -> request.response().end("hello"))
                    .listen(8080);
        }
    }

    public abstract static class Routed extends VerticleBase {
        @Override
        public Future<?> start() {
            var router = Router.router(vertx);
            routes(router);
            return vertx.createHttpServer().requestHandler(router).listen(8080);
        }

        protected abstract void routes(Router router);
    }

    public static final class Rest extends Routed {
        @Override
        protected void routes(Router router) {
            router.route("/products*").handler(BodyHandler.create(false));
            router.get("/products/:id")
                    .handler(request -> request.json(
                            new JsonObject().put("id", request.pathParam("id")).put("q", request.queryParam("q"))));
            router.put("/products/:id").handler(request -> request.response()
                    .setStatusCode(201)
                    .end(request.body().asJsonObject().getString("name")));
            router.delete("/products/:id")
                    .handler(request -> request.response().setStatusCode(204).end());
        }
    }

    public static final class SubRouter extends Routed {
        @Override
        protected void routes(Router router) {
            var api = Router.router(vertx);
            api.get("/who").handler(request -> request.end("mounted at " + request.mountPoint()));
            router.route("/api/*").subRouter(api);
        }
    }

    public static final class Cors extends Routed {
        @Override
        protected void routes(Router router) {
            router.route()
                    .handler(CorsHandler.create().addOrigin("https://a.example").allowedMethod(HttpMethod.GET));
            router.get("/").handler(request -> request.end("shared"));
        }
    }

    public static final class BasicAuth extends Routed {
        @Override
        protected void routes(Router router) {
            AuthenticationProvider users = credentials -> {
                var given = (UsernamePasswordCredentials) credentials;
                return given.getPassword().equals("secret")
                        ? Future.succeededFuture(User.fromName(given.getUsername()))
                        : Future.failedFuture("no");
            };
            router.route("/private").handler(BasicAuthHandler.create(users));
            router.get("/private")
                    .handler(request -> request.end("for " + request.user().subject()));
        }
    }

    public static final class Cookies extends Routed {
        @Override
        protected void routes(Router router) {
            router.get("/").handler(request -> {
                var seen = request.request().getCookie("seen");
                request.response().addCookie(io.vertx.core.http.Cookie.cookie("seen", "yes"));
                request.end(seen == null ? "first" : seen.getValue());
            });
        }
    }

    public static final class Redirects extends Routed {
        @Override
        protected void routes(Router router) {
            router.get("/").handler(request -> request.redirect("/there?a=b"));
        }
    }

    public static final class OwnErrors extends Routed {
        @Override
        protected void routes(Router router) {
            router.errorHandler(
                    404, request -> request.response().setStatusCode(404).end("not here"));
            router.route("/teapot").handler(request -> request.fail(418));
            router.route("/throws").handler(request -> {
                throw new IllegalStateException("as expected");
            });
            router.route().failureHandler(request -> request.response()
                    .setStatusCode(request.statusCode())
                    .end("own page of " + request.statusCode()));
        }
    }

    public static final class TimeLimits extends Routed {
        @Override
        protected void routes(Router router) {
            router.route().handler(ResponseTimeHandler.create()).handler(TimeoutHandler.create(200, 504));
            router.get("/never").handler(request -> request.response().setChunked(true));
        }
    }

    public static final class VirtualHost extends Routed {
        @Override
        protected void routes(Router router) {
            router.route().virtualHost("*.localhost").handler(request -> request.end("by host"));
            router.route().handler(request -> request.end("by default"));
        }
    }

    public static final class Negotiation extends Routed {
        @Override
        protected void routes(Router router) {
            router.get("/").produces("application/json").handler(request -> request.json(new JsonArray().add(1)));
            router.get("/").produces("text/plain").handler(request -> request.end("one"));
        }
    }

    /** The main verticle deploys the one with the server, several times. */
    public static final class Deploys extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            var options = new io.vertx.core.DeploymentOptions()
                    .setInstances(3)
                    .setConfig(new JsonObject().put("greeting", "configured"));
            vertx.deployVerticle(Deployed.class.getName(), options)
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }

    public static final class Deployed extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            vertx.createHttpServer()
                    .requestHandler(request -> request.response().end(config().getString("greeting")))
                    .listen(8080)
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
