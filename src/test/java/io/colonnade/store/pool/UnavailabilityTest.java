package io.colonnade.store.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxException;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnavailabilityTest {
    static Stream<Throwable> away() {
        return Stream.of(
                new ConnectException("Connection refused"),
                ClosedConnectionException.INSTANCE,
                VertxException.noStackTrace("Connection is not active now, current status: CLOSED"),
                new MySQLException("Server shutdown in progress", 1053, "08S01"),
                new MySQLException("The client was disconnected by the server because of inactivity", 4031, "HY000"),
                new MySQLException("Session was killed", 3169, "HY000"),
                new MySQLException("Connection was killed", 1927, "70100"),
                new MySQLException("The server is currently in offline mode", 3032, "HY000"),
                new MySQLException("Got an error reading communication packets", 1158, "08S01"),
                new MySQLException("WSREP has not yet prepared node for application use", 1047, "08S01"),
                new MySQLException(
                        "Error while appending streaming replication fragment(provider status: Not connected to Primary"
                                + " Component)",
                        1180,
                        "HY000"),
                new MySQLException("The server is running with the --read-only option", 1290, "HY000"));
    }

    static Stream<Throwable> theSitesOwn() {
        return Stream.of(
                new MySQLException("Duplicate entry", 1062, "23000"),
                new MySQLException("Got error 28 \"No space left on device\" during COMMIT", 1180, "HY000"),
                new MySQLException("Deadlock found", 1213, "40001"),
                new MySQLException("The server is running with the --secure-file-priv option", 1290, "HY000"),
                VertxException.noStackTrace("Values [x] cannot be coerced to [Integer]"),
                new MySQLException("Too many connections", 1040, "08004"),
                new MySQLException("Query execution was interrupted", 1317, "70100"),
                new IllegalStateException());
    }

    @ParameterizedTest
    @MethodSource("away")
    void isToldOfAServerThatIsAway(Throwable cause) {
        assertThat(Unavailability.is(cause)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("theSitesOwn")
    void isNotToldOfErrorsOfStatements(Throwable cause) {
        assertThat(Unavailability.is(cause)).isFalse();
    }

    @Test
    void tellsWhichStatementsWereSurelyNotExecuted() {
        assertThat(Unavailability.leftUndone(new MySQLException("disconnected because of inactivity", 4031, "HY000")))
                .isTrue();
        assertThat(Unavailability.leftUndone(
                        VertxException.noStackTrace("Connection is not active now, current status: CLOSED")))
                .isTrue();
        assertThat(Unavailability.leftUndone(new MySQLException("Connection was killed", 1927, "70100")))
                .isFalse();
        assertThat(Unavailability.leftUndone(ClosedConnectionException.INSTANCE))
                .isFalse();
    }
}
