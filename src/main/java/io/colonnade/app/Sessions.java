package io.colonnade.app;

import io.colonnade.store.pool.Requester;
import io.colonnade.store.pool.RequesterLocal;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.impl.RoutingContextInternal;
import io.vertx.ext.web.impl.UserContextInternal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives each request its session, and stores it before the response leaves. Vert.x Web's own handler stores it while the
 * response is on its way, so that the client's next request can be faster than the session; and it writes whole sessions,
 * so that parallel requests undo each other's changes.
 *
 * <p>A visitor gets an entry in the cluster and a cookie when something is put into the session, not before. What a
 * request with a response of 500 or above has changed is not kept.
 */
final class Sessions extends SessionSettings {
    private static final String USER = "colonnade.user";

    /** Up to which instant of the database's time the session has written, in milliseconds; see {@link Requester}. */
    private static final String WRITTEN = "colonnade.written";

    private static final int SERVER_ERROR = 500;

    private final SessionRecords records;
    private final String cookieName;

    Sessions(SessionRecords records, String cookieName) {
        this.records = records;
        this.cookieName = cookieName;
    }

    @Override
    public void handle(RoutingContext context) {
        var internal = (RoutingContextInternal) context;
        if (internal.seenHandler(RoutingContextInternal.SESSION_HANDLER)) { // again, after a reroute
            context.next();
            return;
        }
        internal.visitHandler(RoutingContextInternal.SESSION_HANDLER);
        var requester = RequesterLocal.current();
        var id = cookieValue(context);
        if (id == null) {
            begin(context, requester, records.fresh());
            context.next();
        } else {
            read(context, requester, id);
        }
    }

    @Override
    public Future<Void> flush(RoutingContext context, boolean ignoreStatus) {
        var session = (SharedSession) context.session();
        return session == null ? Future.succeededFuture() : store(context, session, ignoreStatus);
    }

    @Override
    public Session newSession(RoutingContext context) {
        var session = records.fresh();
        begin(context, RequesterLocal.current(), session);
        return session;
    }

    @Override
    public Future<Void> setUser(RoutingContext context, User user) {
        ((UserContextInternal) context.userContext()).setUser(user);
        return flush(context, true);
    }

    /** The request is paused meanwhile, so that handlers after this one get all of its body. */
    private void read(RoutingContext context, Optional<Requester> requester, String id) {
        context.request().pause();
        records.read(id)
                .onSuccess(found -> {
                    begin(context, requester, found == null ? records.fresh() : found);
                    context.request().resume();
                    context.next();
                })
                .onFailure(unreachable -> {
                    context.request().resume();
                    context.fail(unreachable);
                });
    }

    private void begin(RoutingContext context, Optional<Requester> requester, SharedSession session) {
        ((RoutingContextInternal) context).setSession(session);
        if (session.get(USER) instanceof JsonObject user) {
            ((UserContextInternal) context.userContext())
                    .setUser(User.create(user.getJsonObject("principal"), user.getJsonObject("attributes")));
        }
        if (session.get(WRITTEN) instanceof Number millis) {
            requester.ifPresent(each -> each.mustSee(Instant.ofEpochMilli(millis.longValue())));
        }
        SiteResponse.of(context).beforeHead(() -> {
            requester.flatMap(Requester::written).ifPresent(instant -> keepWritten(session, instant));
            return store(context, session, false);
        });
    }

    private Future<Void> store(RoutingContext context, SharedSession session, boolean ignoreStatus) {
        if (!ignoreStatus && context.response().getStatusCode() >= SERVER_ERROR) {
            return Future.succeededFuture();
        }
        keepUser(context.user(), session);
        return records.save(session).onSuccess(v -> tellClient(context, session));
    }

    /** Not in a session that nobody has: a visitor gets none for that. */
    private static void keepWritten(SharedSession session, Instant instant) {
        if (session.storedId() != null || session.unsaved()) {
            session.put(WRITTEN, instant.toEpochMilli() + 1);
        }
    }

    private static void keepUser(@Nullable User user, SharedSession session) {
        if (user != null && !session.isDestroyed()) {
            var json = new JsonObject(new JsonObject()
                    .put("principal", user.principal())
                    .put("attributes", user.attributes())
                    .encode()); // makes text of what JSON does not know, such as instants
            if (!json.equals(session.get(USER))) {
                session.put(USER, json);
            }
        }
    }

    private void tellClient(RoutingContext context, SharedSession session) {
        if (SiteResponse.of(context).beneath().headWritten()) {
            return;
        }
        var known = cookieValue(context);
        var id = session.storedId();
        if (id != null && !id.equals(known)) {
            context.response().addCookie(cookie(context, id));
        } else if (session.isDestroyed() && known != null) {
            context.response().addCookie(cookie(context, "").setMaxAge(0));
        }
    }

    private Cookie cookie(RoutingContext context, String value) {
        return Cookie.cookie(cookieName, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.LAX)
                .setSecure("https".equalsIgnoreCase(context.request().getHeader("X-Forwarded-Proto")));
    }

    /** The id that the client sent, if it can be one of ours. */
    private @Nullable String cookieValue(RoutingContext context) {
        var cookie = context.request().getCookie(cookieName);
        return cookie != null && SharedSession.isId(cookie.getValue()) ? cookie.getValue() : null;
    }
}
