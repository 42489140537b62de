package io.colonnade.routing;

import static io.colonnade.routing.Members.SITE;
import static io.colonnade.routing.Members.member;
import static io.colonnade.routing.Members.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.colonnade.cluster.Snapshot;
import io.colonnade.cluster.State;
import io.colonnade.config.SiteConfig;
import io.colonnade.config.SiteConfig.Policy;
import io.colonnade.core.ManualClock;
import io.colonnade.core.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlowStartTest {
    private static final Snapshot JOINING = snapshot(member(1), member(2).state(State.JOINING));
    private static final Snapshot READY = snapshot(member(1), member(2));

    private final ManualClock clock = new ManualClock();
    private final SlowStart slowStart = new SlowStart(clock, new TurnCounter(7), Duration.ofSeconds(10));

    @ParameterizedTest
    @EnumSource(names = {"ROUND_ROBIN", "WEIGHTED", "LEAST_CONNECTIONS"})
    void aNewMemberGetsItsShareLittleByLittle(Policy policy) {
        slowStart.membersChanged(JOINING);
        assertThat(share(policy, READY)).isZero();
        clock.advance(Duration.ofSeconds(3));
        assertThat(share(policy, READY)).isCloseTo(0.3 / 1.3, within(0.02));
        clock.advance(Duration.ofSeconds(5));
        assertThat(share(policy, READY)).isCloseTo(0.8 / 1.8, within(0.02));
        clock.advance(Duration.ofSeconds(2));
        assertThat(share(policy, READY)).isEqualTo(0.5);
    }

    @Test
    void localFirstSelectsThisNodeAllTheSame() {
        slowStart.membersChanged(snapshot(member(1).state(State.JOINING), member(2)));
        assertThat(share(Policy.LOCAL_FIRST, READY)).isZero();
    }

    @Test
    void whoWasReadyWhenItWasSeenFirstIsNotNew() {
        assertThat(share(Policy.ROUND_ROBIN, READY)).isEqualTo(0.5);
    }

    @Test
    void whoComesBackFromADrainIsNotNew() {
        slowStart.membersChanged(snapshot(member(1), member(2).state(State.DRAINING)));
        assertThat(share(Policy.ROUND_ROBIN, READY)).isEqualTo(0.5);
    }

    @Test
    void membersThatAreAllNewShareEvenly() {
        slowStart.membersChanged(
                snapshot(member(1).state(State.JOINING), member(2).state(State.JOINING)));
        assertThat(share(Policy.ROUND_ROBIN, READY)).isEqualTo(0.5);
        clock.advance(Duration.ofSeconds(3));
        assertThat(share(Policy.ROUND_ROBIN, READY)).isEqualTo(0.5);
    }

    @Test
    void theOnlyMemberIsSelected() {
        slowStart.membersChanged(JOINING);
        assertThat(share(Policy.ROUND_ROBIN, snapshot(member(2)))).isEqualTo(1);
    }

    @Test
    void zeroIsAtOnce() {
        slowStart.span(Duration.ZERO);
        slowStart.membersChanged(JOINING);
        assertThat(share(Policy.ROUND_ROBIN, READY)).isEqualTo(0.5);
    }

    /** The second node's share of a thousand. */
    private double share(Policy policy, Snapshot now) {
        var site = new SiteConfig(
                SITE.name(), "bundled", "", 0, List.of(), false, "", policy, policy, "", Map.of(), List.of(), Map.of());
        var table = new TableBuilder(List.of(site), new InFlight(), slowStart, () -> 0).build(now);
        var endpoints = Objects.requireNonNull(table.endpoints(Role.WEB, SITE));
        var second = IntStream.range(0, 1000)
                .mapToObj(i -> Objects.requireNonNull(endpoints.select()))
                .filter(endpoint -> endpoint.member().id().equals(Members.id(2)))
                .count();
        return second / 1000.0;
    }
}
