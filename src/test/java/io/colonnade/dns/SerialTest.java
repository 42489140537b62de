package io.colonnade.dns;

import static io.colonnade.routing.Members.id;
import static io.colonnade.routing.Members.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.cluster.NameServer;
import io.colonnade.cluster.Presence;
import io.colonnade.cluster.Snapshot;
import io.colonnade.core.Address;
import io.colonnade.core.ManualClock;
import io.colonnade.routing.Members;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SerialTest {
    private static final long NOW = 1_800_000_000;

    private final ManualClock clock = new ManualClock();
    private final Serial serial = new Serial(clock);

    @BeforeEach
    void setTheTime() {
        clock.advance(Duration.ofSeconds(NOW));
    }

    @Test
    void isTheTimeOfTheLastChange() {
        assertThat(serial.agree("a", alone())).isEqualTo(NOW);
        assertThat(serial.agree("a", alone())).isEqualTo(NOW);
    }

    @Test
    void risesWithEveryChangeEvenWithinASecond() {
        serial.agree("a", alone());
        assertThat(serial.agree("b", alone())).isEqualTo(NOW + 1);
        assertThat(serial.agree("a", alone())).isEqualTo(NOW + 2);
    }

    @Test
    void isTheOneThatAnotherMemberHasGivenToTheSameContent() {
        serial.agree("a", alone());
        assertThat(serial.agree("b", other(NOW + 7, "b"))).isEqualTo(NOW + 7);
    }

    @Test
    void becomesTheHigherOneOfTwoForTheSameContent() {
        serial.agree("a", other(NOW - 1, "z"));
        assertThat(serial.agree("a", other(NOW + 3, "a"))).isEqualTo(NOW + 3);
        assertThat(serial.agree("a", other(NOW + 1, "a"))).isEqualTo(NOW + 3);
    }

    @Test
    void neverGoesBackToThatOfAMemberWhichIsBehind() {
        serial.agree("a", alone());
        assertThat(serial.agree("b", other(NOW - 9, "b"))).isEqualTo(NOW + 1);
    }

    @Test
    void isHigherThanAnyThatStandsForOtherContent() {
        assertThat(serial.agree("a", other(NOW + 20, "z"))).isEqualTo(NOW + 21);
    }

    private static Snapshot alone() {
        return Members.snapshot(member(1));
    }

    private static Snapshot other(long theirs, String content) {
        var server = new NameServer(new Address("127.0.0.1", 53), theirs, content);
        return new Snapshot(
                id(1),
                List.of(
                        member(1).build(),
                        member(2).presence(new Presence(List.of(), server)).build()));
    }
}
