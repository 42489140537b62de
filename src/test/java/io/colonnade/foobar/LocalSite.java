package io.colonnade.foobar;

import io.colonnade.site.SiteContext;
import io.colonnade.site.TransactionOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.LocalSessionStore;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A site's context without a node: sessions in memory, topics of one lane, and no database. */
final class LocalSite implements SiteContext {
    private final Vertx vertx;
    private final SessionHandler sessions;
    private final Map<String, List<Handler<Object>>> subscribers = new ConcurrentHashMap<>();

    LocalSite(Vertx vertx) {
        this.vertx = vertx;
        sessions = SessionHandler.create(LocalSessionStore.create(vertx)).setCookieHttpOnlyFlag(true);
    }

    @Override
    public Vertx vertx() {
        return vertx;
    }

    @Override
    public JsonObject config() {
        return new JsonObject();
    }

    @Override
    public boolean firstLane() {
        return true;
    }

    @Override
    public String node() {
        return "amber-heron";
    }

    @Override
    public Pool database() {
        throw new UnsupportedOperationException("this site has no database");
    }

    @Override
    public Pool reader() {
        return database();
    }

    @Override
    public <T> Future<@Nullable T> transaction(
            TransactionOptions options, Function<SqlConnection, Future<@Nullable T>> work) {
        return database().withTransaction(work);
    }

    @Override
    public SessionHandler sessions() {
        return sessions;
    }

    @Override
    public Future<@Nullable Object> update(
            Session session, String key, Function<@Nullable Object, @Nullable Object> change) {
        throw new UnsupportedOperationException("the board changes no session values atomically");
    }

    @Override
    public void publish(String topic, Object message) {
        var travelled = new JsonObject(((JsonObject) message).encode());
        subscribers(topic).forEach(subscriber -> subscriber.handle(travelled));
    }

    @Override
    public Subscription subscribe(String topic, Handler<Object> handler) {
        subscribers(topic).add(handler);
        return () -> subscribers(topic).remove(handler);
    }

    private List<Handler<Object>> subscribers(String topic) {
        return subscribers.computeIfAbsent(topic, any -> new CopyOnWriteArrayList<>());
    }
}
