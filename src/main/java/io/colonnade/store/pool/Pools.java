package io.colonnade.store.pool;

import io.colonnade.core.Clock;
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes pools, each to one server.
 *
 * <p>The lanes share a site's pool, so that their number does not multiply its connections. A connection lives on the event loop on
 * which it was made, and the pool lends one of the caller's own loop if it can: only the other statements change threads.
 */
public final class Pools {
    private static final Duration IDLE = Duration.ofMinutes(5);

    private final Vertx vertx;
    private final StoreConfig config;
    private final Clock clock;
    private final Map<Server, Shortage> shortages = new ConcurrentHashMap<>();

    public Pools(Vertx vertx, StoreConfig config, Clock clock) {
        this.vertx = vertx;
        this.config = config;
        this.clock = clock;
    }

    StoreConfig config() {
        return config;
    }

    /** What the server has too little of. */
    Shortage shortage(Server server) {
        return shortages.computeIfAbsent(server, of -> new Shortage(of, clock));
    }

    /** What the servers have too little of, for the status; empty if nothing. */
    public String problem() {
        return shortages.values().stream()
                .map(Shortage::problem)
                .filter(problem -> !problem.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** A pool for one site, on the site's schema. */
    Pool ofSite(ServerPools.Use use, Supplier<String> schema, ConnectGate gate) {
        var builder = builder(config.poolSize(), config.acquireTimeLimit())
                .connectingTo(() -> gate.pass().map(v -> connectOptions(use.server(), schema.get())));
        return (use.waiting() ? builder.withConnectHandler(Pools::waitForCluster) : builder).build();
    }

    /** Makes each read wait until the member has everything committed at other members before; a connection that cannot is not used. */
    private static void waitForCluster(SqlConnection connection) {
        connection.query("SET SESSION wsrep_sync_wait = 1").execute().onComplete(set -> connection.close());
    }

    /** A pool of one connection, on no schema. */
    public Pool single(Server server, Duration connectTimeLimit) {
        return builder(1, connectTimeLimit)
                .connectingTo(() -> Future.succeededFuture(connectOptions(server, "")))
                .build();
    }

    /** The pool's own queue is never used: statements wait in {@link WaitQueue}. */
    private ClientBuilder<Pool> builder(int size, Duration connectTimeLimit) {
        var options = new PoolOptions()
                .setMaxSize(size)
                .setConnectionTimeout(0)
                .setIdleTimeout(Math.toIntExact(IDLE.toSeconds()))
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return MySQLBuilder.pool()
                .with(options)
                .with(transport(connectTimeLimit))
                .using(vertx);
    }

    /**
     * Data that stays unacknowledged, because of a cut network or a lost machine, ends the connection where Linux supports it (RFC
     * 5482).
     */
    private static NetClientOptions transport(Duration timeLimit) {
        var millis = Math.toIntExact(timeLimit.toMillis());
        return new NetClientOptions().setConnectTimeout(millis).setTcpUserTimeout(millis);
    }

    private MySQLConnectOptions connectOptions(Server server, String schema) {
        var shortage = shortage(server);
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
                .setPreparedStatementCacheMaxSize(Math.max(1, config.statementCache()))
                .setPreparedStatementCacheSqlFilter(text -> shortage.allowsCache());
        return server.tls().applyTo(options);
    }
}
