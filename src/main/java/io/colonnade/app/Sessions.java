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
 * Gives each request its session, and stores the session before the response is sent. Vert.x Web's own handler stores the
 * session while the response is on its way, so that the client's next request can arrive before the session is stored. That
 * handler also writes whole sessions, so that parallel requests undo each other's changes.
 *
 * <p>A visitor gets an entry in the cluster's map and a cookie when something is put into the session, not before. If the
 * status of the response is 500 or above, the changes of its request are dropped.
 */
final class Sessions extends SessionSettings {
    private static final String USER = "colonnade.user";

    /** The database's time of the session's last write, in milliseconds; see {@link Requester}. */
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
        if (internal.seenHandler(RoutingContextInternal.SESSION_HANDLER)) { // a reroute calls this a second time
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

    /** Reads the session. The request is paused meanwhile, so that later handlers get all of its body. */
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
        SiteResponse.of(context).writes().beforeHead(() -> {
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

    /** Keeps the time of the last write, unless there is no session: a visitor does not get one just for that. */
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
                    .encode()); // turns values that JSON does not have, such as instants, into text
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

    /** The id that the client sent; null if it does not have the form of our ids. */
    private @Nullable String cookieValue(RoutingContext context) {
        var cookie = context.request().getCookie(cookieName);
        return cookie != null && SharedSession.isId(cookie.getValue()) ? cookie.getValue() : null;
    }
}
