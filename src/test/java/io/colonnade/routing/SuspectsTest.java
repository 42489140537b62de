package io.colonnade.routing;

import static io.colonnade.routing.Members.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SuspectsTest {
    private final ManualClock clock = new ManualClock();
    private final Suspects suspects = new Suspects(clock);

    @Test
    void avoidsAMemberForASecond() {
        var lost = member(1).build();
        suspects.add(lost);
        assertThat(suspects.contains(lost)).isTrue();
        assertThat(suspects.contains(member(2).build())).isFalse();
        clock.advance(Duration.ofMillis(999));
        assertThat(suspects.contains(lost)).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(suspects.contains(lost)).isFalse();
        assertThat(suspects.none()).isTrue();
    }

    @Test
    void forgetsTheOldWithTheNew() {
        suspects.add(member(1).build());
        clock.advance(Duration.ofSeconds(2));
        suspects.add(member(2).build());
        assertThat(suspects.contains(member(1).build())).isFalse();
        assertThat(suspects.contains(member(2).build())).isTrue();
    }
}
