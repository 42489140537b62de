package io.colonnade.dns;

import static io.colonnade.routing.Members.member;
import static io.colonnade.routing.Members.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.cluster.NameServer;
import io.colonnade.cluster.Presence;
import io.colonnade.cluster.State;
import io.colonnade.core.Address;
import io.colonnade.core.ManualClock;
import io.colonnade.core.Role;
import io.colonnade.dns.Alive.Server;
import io.colonnade.dns.Alive.Target;
import io.colonnade.routing.Members;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HealthTest {
    private static final Duration TTL = Duration.ofSeconds(30);
    private static final Duration HALF = Duration.ofSeconds(15);
    private static final Duration PANIC = Duration.ofSeconds(5);

    private final ManualClock clock = new ManualClock();
    private final Health health = new Health(TTL, clock);

    @Test
    void readyBalancersAreAlive() {
        var alive = health.of(snapshot(at(1, "192.0.2.1"), at(2, "192.0.2.2", "2001:db8::2")));
        assertThat(addresses(alive)).containsExactly("192.0.2.1", "192.0.2.2", "2001:db8::2");
        assertThat(alive.ttl()).isEqualTo(TTL);
        assertThat(alive.panic()).isFalse();
    }

    @Test
    void othersThanBalancersAreNot() {
        var alive = health.of(snapshot(at(1, "192.0.2.1"), at(2, "192.0.2.2").roles(Role.WEB, Role.DNS)));
        assertThat(addresses(alive)).containsExactly("192.0.2.1");
    }

    @ParameterizedTest
    @EnumSource(names = {"JOINING", "DRAINING"})
    void whoIsNotReadyIsLeftOutAndNotMissed(State state) {
        health.of(snapshot(at(1, "192.0.2.1"), at(2, "192.0.2.2")));
        var alive = health.of(snapshot(at(1, "192.0.2.1"), at(2, "192.0.2.2").state(state)));
        assertThat(addresses(alive)).containsExactly("192.0.2.1");
        assertThat(alive.ttl()).isEqualTo(TTL);
    }

    @Test
    void aStalledBalancerIsLeftOutAndHalvesTheTtl() {
        var alive = health.of(snapshot(at(1, "192.0.2.1"), at(2, "192.0.2.2").stalled()));
        assertThat(addresses(alive)).containsExactly("192.0.2.1");
        assertThat(alive.ttl()).isEqualTo(HALF);
    }

    @Test
    void aSilentBalancerIsLeftOutAndHalvesTheTtl() {
        var alive = health.of(snapshot(at(1, "192.0.2.1"), at(2, "192.0.2.2").silent()));
        assertThat(addresses(alive)).containsExactly("192.0.2.1");
        assertThat(alive.ttl()).isEqualTo(HALF);
    }

    @Test
    void aDeadBalancerHalvesTheTtlUntilItIsBack() {
        health.of(snapshot(at(1, "192.0.2.1"), at(2, "192.0.2.2")));
        assertThat(health.of(snapshot(at(1, "192.0.2.1"))).ttl()).isEqualTo(HALF);
        assertThat(health.of(snapshot(at(1, "192.0.2.1"), at(2, "192.0.2.2"))).ttl())
                .isEqualTo(TTL);
    }

    @Test
    void aDeadBalancerIsMissedForAnHour() {
        health.of(snapshot(at(1, "192.0.2.1"), at(2, "192.0.2.2")));
        health.of(snapshot(at(1, "192.0.2.1")));
        clock.advance(Duration.ofMinutes(61));
        assertThat(health.of(snapshot(at(1, "192.0.2.1"))).ttl()).isEqualTo(TTL);
    }

    @Test
    void aBalancerThatLeftAfterItHadDrainedIsNotMissed() {
        health.of(snapshot(at(1, "192.0.2.1"), at(2, "192.0.2.2")));
        health.of(snapshot(at(1, "192.0.2.1"), at(2, "192.0.2.2").state(State.DRAINING)));
        assertThat(health.of(snapshot(at(1, "192.0.2.1"))).ttl()).isEqualTo(TTL);
    }

    @Test
    void ifNoneIsReadyTheLastKnownOnesAreAnsweredForShort() {
        health.of(snapshot(at(1, "192.0.2.1"), at(2, "192.0.2.2")));
        var alive = health.of(snapshot(at(1, "192.0.2.1").state(State.DRAINING)));
        assertThat(addresses(alive)).containsExactly("192.0.2.1", "192.0.2.2");
        assertThat(alive.ttl()).isEqualTo(PANIC);
        assertThat(alive.panic()).isTrue();
        assertThat(health.of(snapshot(at(1, "192.0.2.9"))).panic()).isFalse();
    }

    @Test
    void aClusterThatStartsAnswersThoseThatAreOnTheirWay() {
        var alive = health.of(snapshot(at(1, "192.0.2.1").state(State.JOINING)));
        assertThat(addresses(alive)).containsExactly("192.0.2.1");
        assertThat(alive.panic()).isFalse();
    }

    @Test
    void aMemberThatHasNotToldItsAddressesIsNobody() {
        assertThat(health.of(snapshot(member(1))).balancers()).isEmpty();
    }

    @Test
    void sharesAreTheWeightsAndOneAddressOfSeveralMembersHasThatOfAll() {
        var alive = health.of(snapshot(
                at(1, "192.0.2.1").weight(3),
                at(2, "192.0.2.1").weight(4),
                at(3, "192.0.2.3").weight(5)));
        assertThat(alive.balancers()).containsExactly(new Target("192.0.2.1", 7), new Target("192.0.2.3", 5));
    }

    @Test
    void weightNothingIsAnsweredOnlyIfThereIsNothingElse() {
        assertThat(addresses(health.of(snapshot(
                        at(1, "192.0.2.1").weight(0), at(2, "192.0.2.2").weight(1)))))
                .containsExactly("192.0.2.2");
        assertThat(addresses(health.of(snapshot(at(1, "192.0.2.1").weight(0))))).containsExactly("192.0.2.1");
    }

    @Test
    void nameServersAreThoseThatAreReadyElseTheLastKnownOnes() {
        var one = new Server("node-1", List.of("192.0.2.1"));
        var two = new Server("node-2", List.of("192.0.2.2"));
        assertThat(health.of(snapshot(serving(1), serving(2), at(3, "192.0.2.3")))
                        .nameServers())
                .containsExactly(one, two);
        assertThat(health.of(snapshot(serving(1), serving(2).silent())).nameServers())
                .containsExactly(one);
        assertThat(health.of(snapshot(serving(1).state(State.DRAINING))).nameServers())
                .containsExactly(one);
    }

    private static Members at(int number, String... addresses) {
        return member(number).presence(new Presence(List.of(addresses), null));
    }

    private static Members serving(int number) {
        var server = new NameServer(new Address("127.0.0.1", 53), 1, "c0de");
        return member(number).presence(new Presence(List.of("192.0.2." + number), server));
    }

    private static List<String> addresses(Alive alive) {
        return alive.balancers().stream().map(Target::address).toList();
    }
}
