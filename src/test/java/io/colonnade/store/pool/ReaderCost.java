package io.colonnade.store.pool;

import static org.awaitility.Awaitility.await;

import io.colonnade.config.Settings;
import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.it.database.MariaDb;
import io.colonnade.it.database.Replication;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.DatabaseConfig;
import io.colonnade.store.server.ExternalServers;
import io.colonnade.store.server.StoreConfig;
import io.colonnade.store.server.TlsMode;
import io.colonnade.store.topology.Monitor;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.sqlclient.Tuple;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Measures what a read through {@code reader()}, which picks one of two replicas, costs the lane that makes it beside one through the
 * plain pool of a database that is one server, in CPU time of its event loop: of whole statements, and, as servers make that unsteady, of
 * all that is done around one. Real servers, rounds in turn in one JVM; {@code src/bench/run reads} runs it.
 */
final class ReaderCost {
    private static final String READ = "SELECT text FROM board.numbers WHERE id = ?";
    private static final int ROWS = 1_000;

    /** As many as a pool has connections, so that none waits for one. */
    private static final int AT_ONCE = 16;

    private static final int WARMING = 60;
    private static final int ROUNDS = 100;
    private static final Round STATEMENTS = new Round(4_000, AT_ONCE, ReaderCost::read);
    private static final Round AROUND = new Round(20_000, 1, ReaderCost::nothing);

    private final Vertx vertx;
    private final ContextInternal lane;
    private final int rounds;

    /** So many runs of one thing. */
    private record Round(int count, int atOnce, Function<GuardedPool, Future<?>> once) {}

    private ReaderCost(Vertx vertx, int rounds) {
        this.vertx = vertx;
        this.lane = (ContextInternal) vertx.getOrCreateContext();
        this.rounds = rounds;
    }

    /** The one argument, if there is one, is how many rounds of each way are counted. */
    public static void main(String[] arguments) throws Exception {
        var rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
        try (var replication = Replication.open()) {
            fill(replication);
            var cost = new ReaderCost(vertx, rounds);
            var plain = cost.open(List.of(replication.primary())).primary();
            var reader = cost.open(replication.servers()).reader();
            cost.print((GuardedPool) plain, (GuardedPool) reader);
        } finally {
            vertx.close().await();
        }
    }

    private static void fill(Replication replication) throws SQLException {
        var primary = replication.primary();
        primary.execute("CREATE TABLE board.numbers (id INT PRIMARY KEY, text VARCHAR(40)) "
                + "AS SELECT seq AS id, CONCAT('the text of the number ', seq) AS text FROM mysql.seq_1_to_" + ROWS);
        replication.awaitReplicas(primary, replication.replicas().toArray(MariaDb[]::new));
    }

    /** The probes have an event loop of their own, as in a node. */
    private SitePools open(List<MariaDb> servers) {
        var hosts = servers.stream()
                .map(server -> new Address("127.0.0.1", server.port()))
                .toList();
        var config = new DatabaseConfig("embedded", hosts, "board", "board", TlsMode.DISABLED, "");
        var source = ExternalServers.of(new Database.External(config, "secret"));
        var pools = new Pools(vertx, settings(), Clock.system());
        var monitor = new Monitor(vertx, source, pools::single, Clock.system());
        monitor.start().await();
        await().until(() -> monitor.topology().readers().size() == servers.size() - 1);
        return new SitePools(vertx, monitor, pools, new StoreFigures(), () -> "board", Clock.system());
    }

    private static StoreConfig settings() {
        var settings = Settings.of(StoreConfig.DEFAULTS);
        settings.set("pool-size", Integer.toString(AT_ONCE), "the measurement");
        settings.set("max-lag", "1m", "the measurement"); // a busy machine must not turn reads away from the replicas
        return settings.bind();
    }

    private static Future<?> read(GuardedPool pool) {
        return pool.preparedQuery(READ)
                .execute(Tuple.of(1 + ThreadLocalRandom.current().nextInt(ROWS)));
    }

    /** All that a read is but the client's own statement: to choose, to borrow, to watch, to give back. */
    private static Future<?> nothing(GuardedPool pool) {
        return pool.run(new SqlText(READ), connection -> Future.succeededFuture());
    }

    private void print(GuardedPool plain, GuardedPool reader) {
        var statement = print("a statement", STATEMENTS, plain, reader);
        var around = print("what is around one", AROUND, plain, reader);
        System.out.printf(
                "reader() costs %.0f ns more around a statement: %.2f %% of one%n",
                around.reader() - around.plain(), 100 * (around.reader() - around.plain()) / statement.plain());
    }

    /** Medians in nanoseconds. */
    private record Costs(double plain, double reader) {}

    private Costs print(String what, Round round, GuardedPool plain, GuardedPool reader) {
        var ofPlain = new ArrayList<Double>();
        var ofReader = new ArrayList<Double>();
        for (var number = -WARMING; number < rounds; number++) {
            var one = new Running(plain, round).run().await();
            var other = new Running(reader, round).run().await();
            if (number >= 0) {
                ofPlain.add(one);
                ofReader.add(other);
            }
        }
        System.out.printf("%s, CPU: by database() %s, by reader() %s%n", what, shown(ofPlain), shown(ofReader));
        return new Costs(quantile(ofPlain, 0.5), quantile(ofReader, 0.5));
    }

    private static String shown(List<Double> nanos) {
        return "%.0f ns (quartiles %.0f and %.0f)"
                .formatted(quantile(nanos, 0.5), quantile(nanos, 0.25), quantile(nanos, 0.75));
    }

    private static double quantile(List<Double> values, double share) {
        return values.stream().sorted().toList().get((int) (share * (values.size() - 1)));
    }

    /** A round under way; each run of it is as of a request of its own. */
    private final class Running {
        private final GuardedPool pool;
        private final Round round;
        private final Promise<Double> ended = Promise.promise();
        private int begun;
        private int done;
        private boolean goingOn;
        private long cpuNanos;

        Running(GuardedPool pool, Round round) {
            this.pool = pool;
            this.round = round;
        }

        /** The CPU time of one in nanoseconds. */
        Future<Double> run() {
            lane.runOnContext(v -> {
                cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                goOn();
            });
            return ended.future();
        }

        /** What is done at once, as a connection at rest is borrowed, comes back here from within. */
        private void goOn() {
            if (goingOn) {
                return;
            }
            goingOn = true;
            while (begun - done < round.atOnce() && begun < round.count()) {
                begun++;
                lane.duplicate().dispatch(v -> round.once().apply(pool).onComplete(this::done));
            }
            goingOn = false;
        }

        private <T> void done(AsyncResult<T> each) {
            done++;
            if (each.failed()) {
                ended.tryFail(each.cause());
            } else if (done == round.count()) {
                var spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuNanos;
                ended.complete((double) spent / done);
            } else {
                goOn();
            }
        }
    }
}
