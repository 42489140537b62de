package io.colonnade.site;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a site may use. It belongs to one instance of the site, and is used on the event loop of that instance's lane only. */
public interface SiteContext {
    /**
     * Vert.x, with guards: closing it, or using the node's own event bus addresses, fails with {@link
     * UnsupportedOperationException}.
     */
    Vertx vertx();

    /**
     * The site's own configuration, {@code sites[].config} in the node's configuration file; empty if there is none. The variables and
     * files that it names as {@code ${env:NAME}} and {@code ${file:PATH}} are put in.
     */
    JsonObject config();

    /** The name of the node, such as {@code amber-heron}. */
    String node();

    /**
     * Whether this instance of the site is the one of the node's lanes that does what each node is to do once, such as a timer. One
     * lane of each node is the first one, for as long as the node runs.
     */
    boolean firstLane();

    /**
     * The site's database: a pool of the reactive client on the site's own schema, in which the migrations {@code
     * db/migration/*.sql} of the site's jar have run. With several servers, the pool is always at the one that takes writes.
     * While the database is not available, its operations fail within {@code store.acquire-time-limit}. Passed to {@code
     * RoutingContext.fail}, such a failure becomes 503 with {@code Retry-After}.
     */
    Pool database();

    /**
     * The same database, for reads that may be a little old. The reads are spread over the replicas that are at most {@code
     * store.max-lag} behind, the fastest first; without such a replica they go to the primary. A request always sees what it, or
     * an earlier request of its session, has written by {@link #database} or {@link #transaction}: the primary answers until a
     * replica has it. For that, the route needs {@link #sessions}, and the reads must run on the request's own Vert.x context.
     * Use it for reads only: a replica refuses writes, and a statement runs a second time if its server is lost.
     */
    Pool reader();

    /**
     * Runs the work in a transaction with {@link TransactionOptions#DEFAULTS}: at most five times, and never again if it may have
     * been committed.
     */
    default <T> Future<@Nullable T> transaction(Function<SqlConnection, Future<@Nullable T>> work) {
        return transaction(TransactionOptions.DEFAULTS, work);
    }

    /**
     * Runs the work in a transaction. Commits when the future of the work completes, and rolls back when it fails; the returned
     * future has the same result. The work runs again, after a random pause of up to 200 ms, if there was a deadlock, a lock wait
     * that took too long, a conflict in a Galera cluster, or a loss of the server before the commit, but no later than {@code
     * store.query-time-limit} after the first run began. Therefore the work must have no effects but those of its connection.
     */
    <T> Future<@Nullable T> transaction(TransactionOptions options, Function<SqlConnection, Future<@Nullable T>> work);

    /**
     * A handler for routes that gives requests a session. All nodes of the cluster share the sessions, which survive the loss of
     * one node. A session ends {@code app.session-idle} (30 minutes by default) after its last request. Values must be JSON-like:
     * strings, finite numbers, booleans, {@code JsonObject}, {@code JsonArray}; others are refused with {@link
     * IllegalArgumentException}. A change within a value counts when the value is put again. Changes that parallel requests of
     * one session make under different keys are all kept; under the same key, the last change is kept.
     *
     * <p>Changes are stored before the response is sent, so that the client's next request finds them on every node. Changes
     * after the head was sent need {@link SessionHandler#flush}. If the status of the response is 500 or above, the changes are
     * dropped. A visitor gets a cookie when something is put into the session, not before. While the cluster's map does not
     * answer, requests with a session get 503. The handler's settings are those of the node; its setters throw {@link
     * UnsupportedOperationException}.
     */
    SessionHandler sessions();

    /**
     * Changes one value of the session atomically in the whole cluster, immediately and not at the end of the request. Other
     * changes of the session are stored before. Fails with {@link IllegalStateException} if another request has ended the
     * session, with the exception that {@code change} throws, and while the cluster's map does not answer; passed to {@code
     * RoutingContext.fail}, the last failure becomes 503.
     *
     * @param session the session of the request, from {@link #sessions}
     * @param change receives the present value, or null if there is none, and returns the new one, or null to remove it. It may
     *     be called several times and on another thread, so that it must have no other effects
     * @return the new value, which the session has from then on
     */
    Future<@Nullable Object> update(Session session, String key, Function<@Nullable Object, @Nullable Object> change);

    /**
     * Delivers a message to each subscriber of the topic in this site, on all nodes, at most once. Topics of other sites are
     * separate.
     *
     * @throws IllegalArgumentException if the message is not JSON-like, as values of {@link #sessions} must be
     */
    void publish(String topic, Object message);

    /**
     * Subscribes to a topic of this site, until the subscription is closed or the site is stopped. The handler runs on the event
     * loop of the caller.
     */
    Subscription subscribe(String topic, Handler<Object> handler);

    /** A subscription to a topic. Closing it twice has no effect. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
