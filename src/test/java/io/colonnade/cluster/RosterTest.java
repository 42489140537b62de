package io.colonnade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Address;
import io.colonnade.core.ManualClock;
import io.colonnade.core.NodeId;
import io.colonnade.core.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final ClusterConfig CONFIG = ClusterConfig.DEFAULTS;
    private static final NodeId SELF = new NodeId(new UUID(0, 1));
    private static final NodeId OTHER = new NodeId(new UUID(0, 2));

    private static final Beat.Times TIMES = new Beat.Times(0, 0);
    private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");

    private final ManualClock clock = new ManualClock();
    private final Roster roster = new Roster(SELF, CONFIG, clock);

    @BeforeEach
    void twoMembers() {
        roster.list(List.of(joined(SELF, 10), joined(OTHER, 20)));
    }

    @Test
    void hearsItselfFromTheStartAndOthersFromTheirFirstBeat() {
        assertThat(member(SELF).heard()).isTrue();
        assertThat(member(OTHER).heard()).isFalse();

        roster.hear(beat(20, 1, State.READY, Load.NONE));

        assertThat(member(OTHER).heard()).isTrue();
        assertThat(member(OTHER).state()).isEqualTo(State.READY);
    }

    @Test
    void keepsAMemberHeardWhenAllButOneBeatOfThreeSecondsAreLost() {
        roster.hear(beat(20, 1, State.READY, Load.NONE));
        pass(CONFIG.silentAfter().minus(CONFIG.beatInterval()));
        assertThat(member(OTHER).heard()).isTrue();

        roster.hear(beat(20, 12, State.READY, Load.NONE));
        pass(CONFIG.silentAfter().minus(CONFIG.beatInterval()));

        assertThat(member(OTHER).heard()).isTrue();
    }

    @Test
    void noticesSilenceAndItsEnd() {
        roster.hear(beat(20, 1, State.READY, Load.NONE));
        assertThat(member(OTHER).since()).isEqualTo(SINCE);
        pass(CONFIG.silentAfter());
        assertThat(member(OTHER).heard()).isFalse();
        assertThat(member(OTHER).since()).isEqualTo(clock.now().minus(CONFIG.silentAfter()));
        assertThat(member(SELF).heard()).isTrue();

        roster.hear(beat(20, 2, State.READY, Load.NONE));
        pass(CONFIG.beatInterval());
        roster.hear(beat(20, 3, State.READY, Load.NONE));

        assertThat(member(OTHER).heard()).isTrue();
    }

    @Test
    void doesNotTakeOldBeatsThatArriveTogetherForTheEndOfSilence() {
        roster.hear(beat(20, 1, State.READY, Load.NONE));
        pass(CONFIG.silentAfter());

        for (var number = 2; number < 12; number++) {
            roster.hear(beat(20, number, State.READY, Load.NONE));
        }

        assertThat(member(OTHER).heard()).isFalse();
        pass(CONFIG.silentAfter());
        roster.hear(beat(20, 12, State.READY, Load.NONE));
        assertThat(member(OTHER).heard()).isFalse();
    }

    @Test
    void doesNotTakeItsOwnStandstillForTheSilenceOfOthers() {
        roster.hear(beat(20, 1, State.READY, Load.NONE));
        clock.advance(Duration.ofMinutes(1));
        roster.tick();
        assertThat(member(OTHER).heard()).isTrue();

        pass(CONFIG.silentAfter());

        assertThat(member(OTHER).heard()).isFalse();
    }

    @Test
    void ignoresBeatsOfAnotherLifeAndLateOnes() {
        roster.hear(beat(19, 7, State.READY, Load.NONE));
        assertThat(member(OTHER).heard()).isFalse();

        roster.hear(beat(20, 2, State.DRAINING, Load.NONE));
        roster.hear(beat(20, 1, State.READY, Load.NONE));

        assertThat(member(OTHER).state()).isEqualTo(State.DRAINING);
    }

    @Test
    void ignoresBeatsOfWhoIsNoMember() {
        roster.list(List.of(joined(SELF, 10)));

        roster.hear(beat(20, 1, State.READY, Load.NONE));

        assertThat(roster.snapshot().members()).extracting(Member::id).containsExactly(SELF);
    }

    @Test
    void startsAnewWithAMemberThatRejoined() {
        roster.hear(beat(20, 9, State.READY, new Load(5, 0, 0, 0, Map.of())));

        roster.list(List.of(joined(SELF, 10), joined(OTHER, 21)));

        assertThat(member(OTHER).epoch()).isEqualTo(21);
        assertThat(member(OTHER).heard()).isFalse();
        assertThat(member(OTHER).state()).isEqualTo(State.JOINING);
        assertThat(member(OTHER).load()).isEqualTo(Load.NONE);

        roster.hear(beat(21, 1, State.READY, Load.NONE));

        assertThat(member(OTHER).heard()).isTrue();
    }

    @Test
    void staysReadyInItsOwnEyesWhenItRejoins() {
        roster.hear(new Beat(SELF, 10, 1, beat(10, 1, State.READY, Load.NONE).announcement(), Load.NONE, TIMES));

        roster.list(List.of(joined(SELF, 11), joined(OTHER, 20)));

        assertThat(member(SELF).epoch()).isEqualTo(11);
        assertThat(member(SELF).state()).isEqualTo(State.READY);
        assertThat(member(SELF).heard()).isTrue();
    }

    @Test
    void keepsTheOrderInWhichMembersJoined() {
        roster.hear(beat(20, 1, State.READY, Load.NONE));

        assertThat(roster.snapshot().members()).extracting(Member::id).containsExactly(SELF, OTHER);
    }

    @Test
    void hasNoNewsWhenOnlyTheLoadChanged() {
        roster.hear(beat(20, 1, State.READY, Load.NONE));
        assertThat(roster.news()).isPresent();

        var busy = new Load(3, 1, 0, 0, Map.of(Role.APP, Map.of(SELF, 1)));
        roster.hear(beat(20, 2, State.READY, busy));

        assertThat(roster.news()).isEmpty();
        assertThat(member(OTHER).load()).isEqualTo(busy);
        roster.hear(beat(20, 3, State.DRAINING, busy));
        assertThat(roster.news()).contains(roster.snapshot());
    }

    /** Ticks as a running node does. */
    private void pass(Duration time) {
        for (long i = 0; i < time.dividedBy(CONFIG.beatInterval()); i++) {
            clock.advance(CONFIG.beatInterval());
            roster.tick();
        }
    }

    private Member member(NodeId id) {
        return roster.snapshot().member(id).orElseThrow();
    }

    private static ListedMember joined(NodeId id, long epoch) {
        return new ListedMember(id, epoch, "node-" + epoch, Set.of(Role.APP), 1, "machine", "1", 1, "127.0.0.1");
    }

    private static Beat beat(long epoch, long number, State state, Load load) {
        var announcement =
                new Announcement(state, SINCE, 1, List.of(), null, new Address("127.0.0.1", 9080), Presence.NONE, true);
        return new Beat(OTHER, epoch, number, announcement, load, TIMES);
    }
}
