package io.colonnade.store.galera;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Address;
import io.colonnade.store.galera.Decision.What;
import io.colonnade.store.galera.GaleraMember.Phase;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DecisionTest {
    private static final int FOUNDERS = 3;
    private static final Address NOWHERE = new Address("nowhere", 1);
    private static final GaleraState FRESH = GaleraState.NONE;

    @Test
    void aNewClusterBeginsAtOneNodeOnceAllThatItNeedsAreThere() {
        var a = stopped("a", FRESH);
        var b = stopped("b", FRESH);
        var c = stopped("c", FRESH);

        assertThat(decide(a, a, b))
                .isEqualTo(
                        new Decision(
                                What.WAIT,
                                "waiting for 3 nodes with the role db to begin with (store.galera-members); here are 2: on-a, on-b"));
        assertThat(decide(a, b, a, c).what()).isEqualTo(What.BEGIN);
        assertThat(decide(b, b, a, c)).isEqualTo(waitingFor("the server on on-a, which begins"));
    }

    @Test
    void joinsAClusterThatCanDecide() {
        var a = stopped("a", FRESH);
        var b = running("b", Phase.PRIMARY, "one");

        assertThat(decide(a, a, b).what()).isEqualTo(What.JOIN);
        assertThat(decide(stopped("a", at("one", 9)), a, b).what()).isEqualTo(What.JOIN);
    }

    @Test
    void waitsForAServerThatRunsAndMayBecomeOneThatDecides() {
        var a = stopped("a", new GaleraState("one", 9, true));

        assertThat(decide(a, a, running("b", Phase.STARTED, "one"))).isEqualTo(waitingFor("the server on on-b"));
    }

    @Test
    void neverReplacesDataOfAnotherCluster() {
        var a = stopped("a", at("one", 9));
        var other = running("b", Phase.PRIMARY, "another");

        assertThat(decide(a, a, other))
                .isEqualTo(new Decision(What.REFUSE, "the data here is of another Galera cluster than on on-b"));
        assertThat(decide(a, a, stopped("b", at("another", 1))).what()).isEqualTo(What.REFUSE);
    }

    @Test
    void whoLeftLastBeginsWithoutWaitingForTheOthers() {
        var last = stopped("b", new GaleraState("one", 9, true), "a", "b", "c");
        var a = stopped("a", at("one", 7), "a", "b", "c");

        assertThat(decide(last, last).what()).isEqualTo(What.BEGIN);
        assertThat(decide(last, last, a).what()).isEqualTo(What.BEGIN);
        assertThat(decide(a, last, a)).isEqualTo(waitingFor("the server on on-b, which begins"));
    }

    @Test
    void whoWasAloneWhenItCrashedBeginsThoughItsPositionIsUnknown() {
        var alone = stopped("a", new GaleraState("one", GaleraState.UNKNOWN, true), "a", "b");

        assertThat(decide(alone, alone).what()).isEqualTo(What.BEGIN);
    }

    @Test
    void theMostAdvancedBeginsAfterAStopOfAll() {
        var a = stopped("a", at("one", 7), "a", "b", "c");
        var b = stopped("b", at("one", 9), "a", "b", "c");
        var c = stopped("c", at("one", 8), "a", "b", "c");

        assertThat(decide(b, a, b, c).what()).isEqualTo(What.BEGIN);
        assertThat(decide(a, a, b, c)).isEqualTo(waitingFor("the server on on-b, which begins"));
    }

    @Test
    void ofEquallyAdvancedOnesExactlyOneBegins() {
        var all = Stream.of("c", "b", "a")
                .map(name -> stopped(name, at("one", 9), "a", "b", "c"))
                .toArray(GaleraMember[]::new);

        assertThat(Stream.of(all).filter(each -> decide(each, all).what() == What.BEGIN))
                .extracting(GaleraMember::identity)
                .containsExactly("a");
    }

    @Test
    void waitsForAllThatMayHaveMore() {
        var a = stopped("a", at("one", 7), "a", "b");
        var b = stopped("b", at("one", 9), "a", "b", "c");

        assertThat(decide(b, a, b))
                .isEqualTo(
                        waitingFor(
                                "the server on on-c, which may have what nobody else has; if it is lost for good: database bootstrap"));
    }

    @Test
    void doesNotWaitForThoseThatItHadLeftBehind() {
        var a = stopped("a", at("one", 7), "a", "b");
        var b = stopped("b", at("one", 9), "a", "b");

        assertThat(decide(b, a, b).what()).isEqualTo(What.BEGIN);
    }

    @Test
    void anUnknownPositionIsNotAssumed() {
        var a = stopped("a", at("one", GaleraState.UNKNOWN), "a", "b");
        var b = stopped("b", at("one", 9), "a", "b");

        assertThat(decide(b, a, b).what()).isEqualTo(What.WAIT);
        assertThat(decide(b, a, b).reason()).contains("nobody knows how far the data is on on-a");
    }

    @Test
    void aNodeWithoutDataNeverBeginsWhileAnotherHasSome() {
        var fresh = stopped("a", FRESH);
        var old = stopped("c", at("one", 9), "c");

        assertThat(decide(fresh, fresh, stopped("b", FRESH), old))
                .isEqualTo(waitingFor("the server on on-c, which begins"));
        assertThat(decide(old, fresh, old).what()).isEqualTo(What.BEGIN);
    }

    @Test
    void nodesWithoutDataDoNotBeginAnewWhileOneThatHasBegunIsAway() {
        var a = stopped("a", FRESH, "a", "d");
        var b = stopped("b", FRESH);
        var c = stopped("c", FRESH);

        assertThat(decide(a, a, b, c).reason()).contains("for the server on on-d");
        assertThat(decide(b, a, b, c).reason()).contains("for the server on on-d");
    }

    private static Decision decide(GaleraMember self, GaleraMember... present) {
        return Decision.of(self, List.of(present), FOUNDERS);
    }

    private static Decision waitingFor(String what) {
        return new Decision(What.WAIT, "waiting for " + what);
    }

    private static GaleraState at(String cluster, long seqno) {
        return new GaleraState(cluster, seqno, false);
    }

    private static GaleraMember stopped(String identity, GaleraState state, String... known) {
        var names = new HashMap<String, String>();
        Stream.of(known).forEach(each -> names.put(each, "on-" + each));
        return new GaleraMember(identity, "on-" + identity, NOWHERE, NOWHERE, Phase.STOPPED, state, names);
    }

    private static GaleraMember running(String identity, Phase phase, String cluster) {
        return stopped(identity, at(cluster, GaleraState.UNKNOWN)).in(phase);
    }
}
