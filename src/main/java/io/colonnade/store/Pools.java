package io.colonnade.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes pools. Their connections follow the server: each new one goes to the address that is known then.
 *
 * <p>Every lane has pools of its own, since a connection lives on the event loop it was made on: with a shared one most
 * statements would change threads twice, and lanes would contend for its lock.
 */
record Pools(Vertx vertx, StoreConfig config, ServerSource source) {
    private static final Duration IDLE = Duration.ofMinutes(5);

    /** A pool of a site's own, on its schema. */
    Pool ofSite(Supplier<String> schema) {
        return pool(schema, config.poolSize(), config.acquireTimeLimit(), config.queryTimeLimit());
    }

    /** A pool of one connection, on no schema. */
    Pool single(Duration timeLimit) {
        return pool(() -> "", 1, timeLimit, timeLimit);
    }

    private Pool pool(Supplier<String> schema, int size, Duration acquireTimeLimit, Duration queryTimeLimit) {
        var options = new PoolOptions()
                .setMaxSize(size)
                .setMaxWaitQueueSize(config.waitQueue())
                .setConnectionTimeout(Math.toIntExact(acquireTimeLimit.toMillis()))
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(IDLE.toSeconds()))
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        var pool = MySQLBuilder.pool()
                .with(options)
                .with(transport(acquireTimeLimit))
                .connectingTo(() -> connectOptions(schema.get()))
                .using(vertx)
                .build();
        return new GuardedPool(pool, queryTimeLimit);
    }

    /** What a cut network or a lost machine does not acknowledge ends the connection (RFC 5482), where Linux can. */
    private static NetClientOptions transport(Duration acquireTimeLimit) {
        return new NetClientOptions().setTcpUserTimeout(Math.toIntExact(acquireTimeLimit.toMillis()));
    }

    private Future<SqlConnectOptions> connectOptions(String schema) {
        return source.server()
                .map(server -> Future.succeededFuture(connectOptions(server, schema)))
                .orElseGet(() -> Future.failedFuture("no server is known yet"));
    }

    private SqlConnectOptions connectOptions(Server server, String schema) {
        return new MySQLConnectOptions()
                .setSslMode(SslMode.DISABLED)
                .setCharset("utf8mb4")
                .setCharacterEncoding("UTF-8")
                .setHost(server.address().host())
                .setPort(server.address().port())
                .setUser(server.user())
                .setPassword(server.password())
                .setDatabase(schema)
                .setCachePreparedStatements(config.statementCache() > 0)
                .setPreparedStatementCacheMaxSize(Math.max(1, config.statementCache()));
    }
}
