package io.colonnade.store.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Failure.Progress;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.ClosedConnectionException;
import org.junit.jupiter.api.Test;

class GuardedPoolTest {
    @Test
    void aReadIsRunElsewhereIfItsServerIsLostOrCannotGetInStepWithTheOthers() {
        var lost = Unavailability.failure(Progress.REQUEST, ClosedConnectionException.INSTANCE);
        var notInStep = new MySQLException("Lock wait timeout exceeded; try restarting transaction", 1205, "HY000");

        assertThat(GuardedPool.isForSecond(lost)).isTrue();
        assertThat(GuardedPool.isForSecond(notInStep)).isTrue();
    }

    @Test
    void aReadThatFailsByItselfOrGotNoConnectionInItsTimeIsNot() {
        var wrong = new MySQLException("Unknown column", 1054, "42S22");
        var noConnection = Unavailability.failure(Progress.NOTHING, ClosedConnectionException.INSTANCE);

        assertThat(GuardedPool.isForSecond(wrong)).isFalse();
        assertThat(GuardedPool.isForSecond(noConnection)).isFalse();
    }
}
