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

/** What a site may use. Belongs to one lane, and is used on its event loop. */
public interface SiteContext {
    /** Vert.x, guarded: closing it, or touching the node's own event bus addresses, fails with {@link UnsupportedOperationException}. */
    Vertx vertx();

    /** The site's own configuration, {@code sites[].config} of the node's file; empty if there is none. */
    JsonObject config();

    /** The name of the node, such as {@code amber-heron}. */
    String node();

    /**
     * The site's database: the reactive client's pool on the site's own schema, in which {@code db/migration/*.sql} of its
     * jar has run. While the database is away its operations fail within the acquire time limit; passed to {@code
     * RoutingContext.fail} such a failure becomes 503 with {@code Retry-After}. Where there are several servers it is always
     * at the one that can be written to.
     */
    Pool database();

    /**
     * The same database for reads that may be a little old: spread over the replicas that are at most {@code store.max-lag}
     * behind, the fastest first; without any, at the primary. What the request, or an earlier request of its session, has
     * written with {@link #database} or {@link #transaction} is always seen: until a replica has it, the primary is asked. That
     * needs {@link #sessions} on the route, and reads that run on the request's own context. Reads only: a
     * replica refuses to write, and a statement is run a second time if the first server is lost.
     */
    Pool reader();

    /**
     * Runs the work in a transaction, as {@link #transaction(TransactionOptions, Function)} does by default: at most five
     * times, and never again if it may have been committed.
     */
    default <T> Future<@Nullable T> transaction(Function<SqlConnection, Future<@Nullable T>> work) {
        return transaction(TransactionOptions.DEFAULTS, work);
    }

    /**
     * Runs the work in a transaction, commits when its future completes, and rolls back when that fails. After a deadlock, a
     * conflict in a Galera cluster, or the loss of the server before the commit it is run again, after a short random
     * pause, but not later than {@code store.query-time-limit} after the beginning. So the work must have no effects but
     * those of its connection.
     */
    <T> Future<@Nullable T> transaction(TransactionOptions options, Function<SqlConnection, Future<@Nullable T>> work);

    /**
     * Sessions that every node of the cluster shares and that survive the loss of one node. Values must be JSON-like: strings,
     * numbers, booleans, {@code JsonObject}, {@code JsonArray}. What parallel requests of one session change
     * under different keys is all kept; of the same key, the last change. A value is changed by putting it again.
     *
     * <p>The changes are stored before the response leaves, so that the client's next request finds them on every node;
     * what is put after the head has left needs {@link SessionHandler#flush}. What a response of 500 or above had changed is
     * dropped. A visitor gets a cookie when something is put, not before. While the cluster does not answer, requests with a
     * session fail with 503.
     */
    SessionHandler sessions();

    /**
     * Changes one value of the session atomically in the whole cluster, at once and not at the end of the request.
     *
     * @param change gets the present value, null if there is none, and gives the new one, null to remove it; it may be called
     *     several times and on another thread, so it must have no effects of its own
     * @return the new value, which the session has from then on
     */
    Future<@Nullable Object> update(Session session, String key, Function<@Nullable Object, @Nullable Object> change);

    /** Delivers a JSON-like message to every subscriber of the topic in this site on every node; at most once. */
    void publish(String topic, Object message);

    /** Subscribes to a topic of this site until the answer is closed. The handler runs on the event loop of the caller. */
    Subscription subscribe(String topic, Handler<Object> handler);

    /** Lasts until it is closed. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
