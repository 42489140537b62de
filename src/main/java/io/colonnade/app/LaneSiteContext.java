package io.colonnade.app;

import io.colonnade.app.session.JsonLike;
import io.colonnade.app.session.SessionRecords;
import io.colonnade.app.session.SharedSession;
import io.colonnade.app.verticle.GuardedVertx;
import io.colonnade.core.Topics;
import io.colonnade.site.SiteContext;
import io.colonnade.site.TransactionOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one site may use on one lane; see {@link SiteContext} for its promises. */
final class LaneSiteContext implements SiteContext, AutoCloseable {
    private final SiteCode code;
    private final String node;
    private final boolean firstLane;
    private final GuardedVertx vertx;
    private final JsonObject config;
    private final Topics topics;
    private final SessionRecords records;
    private final SessionHandler sessions;
    private final Set<Topics.Subscription> subscriptions = new HashSet<>();

    LaneSiteContext(
            SiteCode code,
            String node,
            boolean firstLane,
            GuardedVertx vertx,
            Topics topics,
            SessionRecords records,
            String cookieName) {
        this.code = code;
        this.node = node;
        this.firstLane = firstLane;
        this.vertx = vertx;
        this.config = code.config();
        this.topics = topics;
        this.records = records;
        this.sessions = new Sessions(records, cookieName);
    }

    @Override
    public GuardedVertx vertx() {
        return vertx;
    }

    @Override
    public JsonObject config() {
        return config;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public boolean firstLane() {
        return firstLane;
    }

    @Override
    public Pool database() {
        return code.database().pool();
    }

    @Override
    public Pool reader() {
        return code.database().reader();
    }

    @Override
    public <T> Future<@Nullable T> transaction(
            TransactionOptions options, Function<SqlConnection, Future<@Nullable T>> work) {
        return code.database().transactions().run(options.attempts(), options.idempotent(), work);
    }

    @Override
    public SessionHandler sessions() {
        return sessions;
    }

    @Override
    public Future<@Nullable Object> update(
            Session session, String key, Function<@Nullable Object, @Nullable Object> change) {
        return records.update((SharedSession) session, key, change);
    }

    @Override
    public void publish(String topic, Object message) {
        topics.publish(named(topic), JsonLike.check(message));
    }

    @Override
    public Subscription subscribe(String topic, Handler<Object> handler) {
        var subscription = topics.subscribe(named(topic), handler);
        subscriptions.add(subscription);
        return () -> {
            subscriptions.remove(subscription);
            subscription.close();
        };
    }

    /** Ends the subscriptions that the site left open. */
    @Override
    public void close() {
        new ArrayList<>(subscriptions).forEach(Topics.Subscription::close);
        subscriptions.clear();
    }

    private String named(String topic) {
        return code.name() + "/" + topic;
    }
}
