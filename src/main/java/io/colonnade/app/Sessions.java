package io.colonnade.app;

import io.colonnade.app.session.SessionRecords;
import io.colonnade.app.session.SessionSettings;
import io.colonnade.app.session.SharedSession;
import io.colonnade.core.ListField;
import io.colonnade.store.pool.Requester;
import io.colonnade.store.pool.RequesterLocal;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.impl.RoutingContextInternal;
import io.vertx.ext.web.impl.UserContextInternal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

    /** The cookies of the session's name that are looked at. */
    private static final int MOST_COOKIES = 8;

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
        var ids = ids(context);
        if (ids.isEmpty()) {
            begin(context, requester, records.fresh());
            context.next();
        } else {
            read(context, requester, ids);
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
    private void read(RoutingContext context, Optional<Requester> requester, List<String> ids) {
        context.request().pause();
        firstOf(ids)
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

    /** The first session that there is; null if there is none. */
    private Future<@Nullable SharedSession> firstOf(List<String> ids) {
        return records.read(ids.get(0))
                .compose(found -> found != null || ids.size() == 1
                        ? Future.succeededFuture(found)
                        : firstOf(ids.subList(1, ids.size())));
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
        var known = ids(context);
        var id = session.storedId();
        if (id != null && !known.contains(id)) {
            context.response().addCookie(cookie(context, id));
        } else if (session.isDestroyed() && !known.isEmpty()) {
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

    /**
     * The ids that the client sent, without what does not have the form of our ids. A client sends several cookies of one name if they
     * are for several paths or domains, and those that others have set may come first (RFC 6265 section 4.2.2). A cookie that cannot
     * be read does not hide the others.
     */
    private List<String> ids(RoutingContext context) {
        var cookies = context.request().headers().get(HttpHeaders.COOKIE);
        if (cookies == null || !cookies.contains(cookieName)) {
            return List.of();
        }
        return Stream.of(cookies.split(";", -1))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(cookieName + "="))
                .map(cookie -> ListField.withoutQuotes(cookie.substring(cookieName.length() + 1)))
                .filter(SharedSession::isId)
                .distinct()
                .limit(MOST_COOKIES)
                .toList();
    }
}
