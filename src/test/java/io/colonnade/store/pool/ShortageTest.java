package io.colonnade.store.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.store.server.Server;
import io.vertx.mysqlclient.MySQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ShortageTest {
    private final MySQLException tooMany = new MySQLException("Too many connections", 1040, "08004");
    private final Hand hand = new Hand();
    private final Shortage shortage =
            new Shortage(new Server("server", new Address("10.0.0.1", 3306), "user", "password"), hand);
    private final PoolOf poor = new PoolOf(0, 0);
    private final PoolOf busy = new PoolOf(5, 0);
    private final PoolOf idle = new PoolOf(2, 1);

    @Test
    void allPoolsMakeDoFromTheFirstRefusalOn() {
        shortage.join(poor);
        shortage.join(busy);
        assertThat(shortage.isOfConnections()).isFalse();

        shortage.connectionRefused(poor, tooMany);
        shortage.join(idle);

        assertThat(shortage.isOfConnections()).isTrue();
        assertThat(busy.madeDo).isEqualTo(1);
        assertThat(idle.madeDo).isEqualTo(1);
        assertThat(shortage.problem()).contains("10.0.0.1:3306").contains("Too many connections");
    }

    @Test
    void endsTenSecondsAfterTheLastRefusal() {
        shortage.connectionRefused(poor, tooMany);
        hand.pass(Duration.ofSeconds(9));
        shortage.connectionRefused(poor, tooMany);
        hand.pass(Duration.ofSeconds(9));
        assertThat(shortage.isOfConnections()).isTrue();

        hand.pass(Duration.ofSeconds(1));

        assertThat(shortage.isOfConnections()).isFalse();
        assertThat(shortage.problem()).isEmpty();
    }

    @Test
    void allPoolsTogetherMayAskForTwoConnectionsASecond() {
        var permitted = 0;
        for (var tenths = 0; tenths < 100; tenths++) {
            permitted += shortage.permits(busy) ? 1 : 0;
            permitted += shortage.permits(idle) ? 1 : 0;
            hand.pass(Duration.ofMillis(100));
        }

        assertThat(permitted).isEqualTo(20);
    }

    @Test
    void poolsWithoutAnyConnectionComeFirst() {
        assertThat(shortage.permits(poor)).isTrue();
        assertThat(shortage.permits(poor)).isFalse();
        hand.pass(Duration.ofMillis(400));
        assertThat(shortage.permits(poor)).isFalse();
        hand.pass(Duration.ofMillis(100));

        assertThat(shortage.permits(busy)).isFalse();
        assertThat(shortage.permits(poor)).isTrue();

        hand.pass(Duration.ofMillis(600));
        assertThat(shortage.permits(busy)).isTrue();
    }

    @Test
    void anIdleConnectionIsGivenUpForAPoolWithoutAny() {
        shortage.join(poor);
        shortage.join(busy);
        shortage.join(idle);
        shortage.connectionRefused(busy, tooMany);
        shortage.connectionRefused(busy, tooMany);
        assertThat(idle.gaveUp).isZero();

        shortage.connectionRefused(poor, tooMany);

        assertThat(idle.gaveUp).isEqualTo(1);
        assertThat(busy.gaveUp).isZero();
    }

    @Test
    void connectionsThatKeepStatementsAreGivenUpWhenTheServerHasNoRoomForOne() {
        shortage.join(busy);

        shortage.preparedStatementRefused();
        shortage.preparedStatementRefused();

        assertThat(busy.retired).isEqualTo(1);
        assertThat(shortage.allowsCache()).isFalse();
        assertThat(shortage.problem()).contains("max_prepared_stmt_count");
        hand.pass(Duration.ofMinutes(5));
        assertThat(shortage.allowsCache()).isTrue();
        assertThat(shortage.problem()).isEmpty();
    }

    private static final class PoolOf implements Shortage.Sharer {
        private final int size;
        private final int idle;
        private int madeDo;
        private int gaveUp;
        private int retired;

        PoolOf(int size, int idle) {
            this.size = size;
            this.idle = idle;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public int idle() {
            return idle;
        }

        @Override
        public void makeDo() {
            madeDo++;
        }

        @Override
        public void giveUpOne() {
            gaveUp++;
        }

        @Override
        public void retire() {
            retired++;
        }
    }

    /** A clock that the test sets. */
    private static final class Hand implements Clock {
        private long nanos;

        void pass(Duration time) {
            nanos += time.toNanos();
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }
    }
}
