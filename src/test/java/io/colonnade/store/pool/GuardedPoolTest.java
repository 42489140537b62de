package io.colonnade.store.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.DatabaseConfig;
import io.colonnade.store.server.ExternalServers;
import io.colonnade.store.server.Server;
import io.colonnade.store.server.StoreConfig;
import io.colonnade.store.topology.Monitor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.json.JsonObject;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.mysqlclient.spi.MySQLDriver;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SqlClientInternal;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pool over connections whose answers the test chooses. */
class GuardedPoolTest {
    private static final Duration TIME_LIMIT = Duration.ofMillis(50);
    private final MySQLException wrong = new MySQLException("Unknown column", 1054, "42S22");
    private final MySQLException notInStep =
            new MySQLException("Lock wait timeout exceeded; try restarting transaction", 1205, "HY000");

    private final Vertx vertx = Vertx.vertx();
    private final StoreFigures figures = new StoreFigures();
    private final Member first = new Member();
    private final Member second = new Member();
    private final GuardedPool reader = new GuardedPool(vertx, first, Optional.of(second));
    private final GuardedPool writer = new GuardedPool(vertx, first, Optional.empty());

    @AfterEach
    void close() {
        vertx.close().await();
    }

    /** What {@code SqlTemplate} casts each client to. */
    @Test
    void poolsAndTheirConnectionsCanBeUsedWithTemplates() {
        var connection = writer.getConnection().result();
        assertThat(List.of(writer, reader, connection))
                .allSatisfy(client -> assertThat(client).isInstanceOfSatisfying(SqlClientInternal.class, internal -> {
                    assertThat(internal.driver()).isSameAs(MySQLDriver.INSTANCE);
                    internal.group(grouped -> assertThat(grouped).isSameAs(internal));
                }));
    }

    @Test
    void aStatementIsAnsweredByTheFirstServerAndItsConnectionGivenBack() {
        assertThat(reader.query("SELECT 1").execute().result()).isSameAs(first.rows);
        assertThat(reader.preparedQuery("SELECT 1").execute().result()).isSameAs(first.rows);

        assertThat(first.acquired).isEqualTo(2);
        assertThat(first.released).isEqualTo(2);
        assertThat(second.acquired).isZero();
        assertThat(figures.addTo(new JsonObject()).getLong("statements")).isEqualTo(2);
    }

    @Test
    void aReadRunsElsewhereIfItsServerIsLost() {
        first.answer = Future.failedFuture(ClosedConnectionException.INSTANCE);

        assertThat(reader.query("SELECT 1").execute().result()).isSameAs(second.rows);
        assertThat(first.released).isEqualTo(1);
        assertThat(second.released).isEqualTo(1);
    }

    @Test
    void aReadRunsElsewhereIfItsServerCannotGetInStepWithTheOthers() {
        first.answer = Future.failedFuture(notInStep);

        assertThat(reader.preparedQuery("SELECT 1").execute().result()).isSameAs(second.rows);
    }

    @Test
    void aReadRunsElsewhereIfItsServerIsSilent() {
        first.answer = Promise.<RowSet<Row>>promise().future();

        assertThat(reader.query("SELECT 1").execute().await()).isSameAs(second.rows);
        assertThat(first.released).isEqualTo(1);
    }

    @Test
    void aReadThatIsWrongFailsAsTheServerSaysAndDoesNotRunAgain() {
        first.answer = Future.failedFuture(wrong);

        assertThat(reader.query("SELECT nothing").execute().cause()).isSameAs(wrong);
        assertThat(first.released).isEqualTo(1);
        assertThat(second.acquired).isZero();
    }

    @Test
    void aReadThatGotNoConnectionInItsTimeDoesNotWaitForAnother() {
        var none = Unavailability.failure(Progress.NOTHING, ClosedConnectionException.INSTANCE);
        first.refusal = Optional.of(none);

        assertThat(reader.query("SELECT 1").execute().cause()).isSameAs(none);
        assertThat(second.acquired).isZero();
    }

    @Test
    void aStatementThatMayWriteNeverRunsTwice() {
        first.answer = Future.failedFuture(ClosedConnectionException.INSTANCE);

        var cause = writer.query("UPDATE notes SET text = ''").execute().cause();

        assertThat(cause).isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.kind())
                .isEqualTo(Kind.DATABASE_UNAVAILABLE));
        assertThat(((Failure) cause).progress()).isEqualTo(Progress.REQUEST);
        assertThat(first.acquired).isEqualTo(1);
        assertThat(first.released).isEqualTo(1);
    }

    @Test
    void aReadRunsOnceMoreOnAnotherConnectionIfItsOwnIsLost() {
        first.then(Future.failedFuture(ClosedConnectionException.INSTANCE));
        assertThat(writer.query("SELECT 1").execute().await()).isSameAs(first.rows);

        first.answer = Future.failedFuture(ClosedConnectionException.INSTANCE);
        assertThatThrownBy(() -> writer.query("SELECT 1").execute().await()).isInstanceOf(Failure.class);

        assertThat(first.acquired).isEqualTo(4);
        assertThat(first.released).isEqualTo(4);
    }

    @Test
    void aStatementThatTheServerDidNotBeginRunsOnceMoreEvenIfItWrites() {
        first.then(Future.failedFuture(new MySQLException("disconnected because of inactivity", 4031, "HY000")));
        assertThat(writer.query("DELETE FROM notes").execute().await()).isSameAs(first.rows);

        first.then(Future.failedFuture(VertxException.noStackTrace("Connection is not active now")));
        assertThat(writer.query("DELETE FROM notes").execute().await()).isSameAs(first.rows);
    }

    @Test
    void aStatementWithoutRoomToBePreparedWaitsForIt() {
        var noRoom = new MySQLException("Can't create more than max_prepared_stmt_count statements", 1461, "42000");
        first.then(Future.failedFuture(noRoom));
        first.then(Future.failedFuture(noRoom));
        first.then(Future.failedFuture(noRoom));

        assertThat(writer.preparedQuery("DELETE FROM notes").execute().await()).isSameAs(first.rows);
        assertThat(first.acquired).isEqualTo(4);
        assertThat(first.shortage.allowsCache()).isFalse();
    }

    @Test
    void whatTheServerRefusesBecauseOfItsStateIsUnavailableAndKeepsItsConnection() {
        for (var code : List.of(1203, 1226, 1041)) {
            first.answer = Future.failedFuture(new MySQLException("no more", code, "42000"));

            var cause = writer.query("SELECT 1").execute().cause();

            assertThat(cause).isInstanceOfSatisfying(Failure.class, failure -> {
                assertThat(failure.kind()).isEqualTo(Kind.DATABASE_UNAVAILABLE);
                assertThat(failure.progress()).isEqualTo(Progress.NOTHING);
            });
        }
        assertThat(first.acquired).isEqualTo(3);
    }

    @Test
    void anInterruptedReadRunsOnceMoreAndAnInterruptedWriteIsUnavailable() {
        var interrupted = new MySQLException("Query execution was interrupted", 1317, "70100");
        first.then(Future.failedFuture(interrupted));
        assertThat(writer.query("SELECT 1").execute().await()).isSameAs(first.rows);

        first.then(Future.failedFuture(interrupted));
        assertThat(writer.query("DELETE FROM notes").execute().cause()).isInstanceOf(Failure.class);
    }

    @Test
    void aConnectionIsGuardedAndGivenBackOnceHoweverOftenItIsClosed() {
        first.answer = Future.failedFuture(ClosedConnectionException.INSTANCE);
        var connection = writer.getConnection().result();

        assertThat(connection.query("SELECT 1").execute().cause()).isInstanceOf(Failure.class);
        assertThat(first.released).isZero();
        connection.close();
        connection.close();

        assertThat(first.released).isEqualTo(1);
    }

    /** Connections to one server, all of whose statements have the same answer. */
    private final class Member implements Connections {
        private final RowSet<Row> rows = stub(RowSet.class, Map.of());
        private final StatementWatch watch;
        private final Deque<Future<RowSet<Row>>> before = new ArrayDeque<>();
        private final Shortage shortage;
        private Future<RowSet<Row>> answer = Future.succeededFuture(rows);
        private Optional<Failure> refusal = Optional.empty();
        private int acquired;
        private int released;

        Member() {
            var config = new DatabaseConfig(
                    "mysql://user@127.0.0.1/site", List.of(), "", "", DatabaseConfig.DEFAULTS.tls(), "");
            var source = ExternalServers.of(new Database.External(config, ""));
            var monitor = new Monitor(
                    vertx,
                    source,
                    new Pools(vertx, StoreConfig.DEFAULTS, Clock.system())::single,
                    Clock.system()); // never started
            var server = new Server("server", new Address("127.0.0.1", 1), "user", "password");
            shortage = new Shortage(server, Clock.system());
            watch = new StatementWatch(
                    server, false, monitor, shortage, figures, Duration.ofMinutes(1), Clock.system());
        }

        @Override
        public Future<StatementGuard> acquire() {
            acquired++;
            return refusal.isPresent()
                    ? Future.failedFuture(refusal.get())
                    : Future.succeededFuture(new StatementGuard(connection(), watch, TIME_LIMIT, () -> released++));
        }

        /** The next statement is answered with this one, before all others. */
        void then(Future<RowSet<Row>> next) {
            before.add(next);
        }

        private SqlConnection connection() {
            var answer = before.isEmpty() ? this.answer : before.remove();
            return stub(
                    SqlConnection.class,
                    Map.of(
                            "query", stub(Query.class, Map.of("execute", answer)),
                            "preparedQuery", stub(PreparedQuery.class, Map.of("execute", answer)),
                            "close", Future.succeededFuture()));
        }

        @Override
        public int size() {
            return acquired - released;
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    /** An object whose methods answer by their names; every other method gives the object itself. */
    @SuppressWarnings("unchecked")
    private static <T> T stub(Class<? super T> type, Map<String, Object> answers) {
        return (T) Proxy.newProxyInstance(
                GuardedPoolTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.getOrDefault(method.getName(), self));
    }
}
