package io.colonnade.store.pool;

import io.colonnade.store.server.Server;
import io.colonnade.store.server.StoreConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes pools, each to one server.
 *
 * <p>Every lane has pools of its own, since a connection lives on the event loop it was made on: with a shared one most
 * statements would change threads twice, and lanes would contend for its lock.
 */
public record Pools(Vertx vertx, StoreConfig config) {
    private static final Duration IDLE = Duration.ofMinutes(5);

    /** A pool of a site's own, on its schema. */
    Pool ofSite(LanePools.Use use, Supplier<String> schema) {
        var builder = builder(use.server(), schema, config.poolSize(), config.acquireTimeLimit());
        return (use.waiting() ? builder.withConnectHandler(Pools::waitForCluster) : builder).build();
    }

    /** So that a read sees what was committed at another member before; one that cannot do that is not used. */
    private static void waitForCluster(SqlConnection connection) {
        connection.query("SET SESSION wsrep_sync_wait = 1").execute().onComplete(set -> connection.close());
    }

    /** A pool of one connection, on no schema. */
    public Pool single(Server server, Duration connectTimeLimit) {
        return builder(server, () -> "", 1, connectTimeLimit).build();
    }

    /** Nobody waits in the pool's own line, see {@link WaitQueue}. */
    private ClientBuilder<Pool> builder(Server server, Supplier<String> schema, int size, Duration connectTimeLimit) {
        var options = new PoolOptions()
                .setMaxSize(size)
                .setConnectionTimeout(0)
                .setIdleTimeout(Math.toIntExact(IDLE.toSeconds()))
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return MySQLBuilder.pool()
                .with(options)
                .with(transport(connectTimeLimit))
                .connectingTo(() -> Future.succeededFuture(connectOptions(server, schema.get())))
                .using(vertx);
    }

    /** What a cut network or a lost machine does not acknowledge ends the connection (RFC 5482), where Linux can. */
    private static NetClientOptions transport(Duration timeLimit) {
        var millis = Math.toIntExact(timeLimit.toMillis());
        return new NetClientOptions().setConnectTimeout(millis).setTcpUserTimeout(millis);
    }

    private MySQLConnectOptions connectOptions(Server server, String schema) {
        var options = new MySQLConnectOptions()
                .setCharset("utf8mb4")
                .setCharacterEncoding("UTF-8")
                .setHost(server.address().host())
                .setPort(server.address().port())
                .setUser(server.user())
                .setPassword(server.password())
                .setPipeliningLimit(config.pipelining())
                .setDatabase(schema)
                .setCachePreparedStatements(config.statementCache() > 0)
                .setPreparedStatementCacheMaxSize(Math.max(1, config.statementCache()));
        return server.tls().applyTo(options);
    }
}
