package io.colonnade.foobar;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.HEAD;

import io.colonnade.site.SiteContext;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SessionHandler;

/** The routes of the API, and the handlers of each. */
final class Api {
    private final Router router;
    private final SessionHandler sessions;

    private Api(SiteContext context) {
        router = Router.router(context.vertx());
        sessions = context.sessions();
    }

    /**
     * Makes the router of one lane.
     *
     * @param uploads the path of a directory for files that are being uploaded
     */
    static Router router(SiteContext context, Messages messages, Events events, OnlineCounter online, String uploads) {
        var api = new Api(context);
        var bodies = new Bodies(uploads);
        api.guards();
        api.session(new SessionResource(), bodies);
        api.messages(new MessageResource(messages, events), new PostResource(messages, events), bodies);
        api.router
                .route("/api/messages/:id/picture")
                .method(GET)
                .method(HEAD)
                .handler(api::resumeSession)
                .handler(new PictureResource(messages)::show);
        api.only("/api/messages/:id/picture", "GET, HEAD");
        api.router.get("/api/events").handler(events::open);
        api.only("/api/events", "GET");
        api.router.get("/api/presence").handler(online::open);
        api.only("/api/presence", "GET");
        api.router.route("/api/*").handler(ctx -> {
            throw Problem.of(404, "There is nothing at " + ctx.normalizedPath() + ".");
        });
        return api.router;
    }

    private void guards() {
        router.route("/api/*")
                .handler(ctx -> {
                    ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
                    ctx.response().putHeader("X-Content-Type-Options", "nosniff");
                    ctx.next();
                })
                .handler(new SameOrigin())
                .failureHandler(new Failures());
    }

    private void session(SessionResource session, Bodies bodies) {
        router.post("/api/session").handler(sessions).handler(bodies::json).handler(session::signIn);
        router.route("/api/session")
                .method(GET)
                .method(HEAD)
                .handler(this::resumeSession)
                .handler(session::show);
        router.delete("/api/session").handler(this::resumeSession).handler(session::signOut);
        only("/api/session", "GET, HEAD, POST, DELETE");
    }

    private void messages(MessageResource messages, PostResource posts, Bodies bodies) {
        router.route("/api/messages")
                .method(GET)
                .method(HEAD)
                .handler(this::resumeSession)
                .handler(messages::list);
        router.post("/api/messages")
                .handler(this::resumeSession)
                .handler(Api::requireUser)
                .handler(bodies::jsonOrForm)
                .handler(posts::post);
        only("/api/messages", "GET, HEAD, POST");
        router.route("/api/messages/:id")
                .method(GET)
                .method(HEAD)
                .handler(this::resumeSession)
                .handler(messages::show);
        router.delete("/api/messages/:id").handler(this::resumeSession).handler(messages::delete);
        only("/api/messages/:id", "GET, HEAD, DELETE");
    }

    /**
     * Gives the request its session if it has a cookie. Requests that only read need the session to see what the session has written.
     * A client without a cookie gets no session before it signs in.
     */
    private void resumeSession(RoutingContext ctx) {
        if (!ctx.request().headers().contains(HttpHeaders.COOKIE)) {
            ctx.next();
        } else {
            sessions.handle(ctx);
        }
    }

    /** Checks this before the body is read, so that nobody uploads 10 MiB only to be told to sign in. */
    private static void requireUser(RoutingContext ctx) {
        if (User.of(ctx.session()).isEmpty()) {
            throw Problem.signInFirst();
        }
        ctx.next();
    }

    /** Answers all methods that no earlier route of the path has answered: with 405. */
    private void only(String path, String methods) {
        router.route(path).handler(ctx -> {
            ctx.response().putHeader(HttpHeaders.ALLOW, methods);
            throw Problem.of(405, ctx.request().method() + " is not allowed here; use " + methods + ".");
        });
    }
}
