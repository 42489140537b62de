package io.colonnade.store.topology;

import static io.colonnade.store.topology.ProbeResults.lost;
import static io.colonnade.store.topology.ProbeResults.member;
import static io.colonnade.store.topology.ProbeResults.readOnly;
import static io.colonnade.store.topology.ProbeResults.writable;
import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.store.topology.ProbeResult.Galera;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElectionTest {
    private final Election election = new Election();

    @Test
    void electsTheOneThatCanBeWritten() {
        assertThat(elect(readOnly("a", 9), writable("b", 9), readOnly("c", 9))).isEqualTo("b");
    }

    @Test
    void electsNobodyWhileNoneCanBeWritten() {
        assertThat(elect(readOnly("a", 9), lost("b"))).isEmpty();
    }

    @Test
    void followsAPromotionAlsoWhileTheFormerPrimaryIsStillWritable() {
        elect(writable("a", 9), readOnly("b", 9));

        assertThat(elect(writable("a", 9), writable("b", 9))).isEqualTo("b");
    }

    @Test
    void doesNotReturnToAFormerPrimaryThatThaws() {
        elect(writable("a", 9), readOnly("b", 9));
        elect(lost("a"), readOnly("b", 9));
        elect(lost("a"), writable("b", 10));

        assertThat(elect(writable("a", 9), writable("b", 11))).isEqualTo("b");
        assertThat(elect(writable("a", 9), lost("b"))).isEmpty();
    }

    @Test
    void returnsToAFormerPrimaryThatWasAReplicaSince() {
        elect(writable("a", 9), readOnly("b", 9));
        elect(lost("a"), writable("b", 10));
        elect(readOnly("a", 10), writable("b", 10));

        assertThat(elect(writable("a", 10), lost("b"))).isEqualTo("a");
    }

    @Test
    void returnsToAFormerPrimaryThatHasAllThatItsSuccessorHad() {
        elect(writable("a", 9), writable("b", 9));
        elect(lost("a"), writable("b", 10));
        elect(writable("a", 10), writable("b", 12));

        assertThat(elect(writable("a", 11), lost("b"))).isEmpty();
        assertThat(elect(writable("a", 12), lost("b"))).isEqualTo("a");
    }

    @Test
    void keepsThePrimaryThatIsBackAfterALoss() {
        elect(writable("a", 9), readOnly("b", 9));
        elect(lost("a"), readOnly("b", 9));

        assertThat(elect(writable("a", 9), readOnly("b", 9))).isEqualTo("a");
    }

    @Test
    void ofGaleraElectsTheFirstSyncedMember() {
        assertThat(elect(member("a", Galera.NOT_READY), member("b", Galera.SYNCED), member("c", Galera.SYNCED)))
                .isEqualTo("b");
        assertThat(elect(member("a", Galera.SYNCED), member("b", Galera.SYNCED)))
                .isEqualTo("a");
    }

    @Test
    void ofGaleraElectsADonorIfNobodyElseIsThere() {
        assertThat(elect(member("a", Galera.DONOR), member("b", Galera.SYNCED))).isEqualTo("b");
        assertThat(elect(member("a", Galera.DONOR), member("b", Galera.NOT_READY)))
                .isEqualTo("a");
    }

    private String elect(ProbeResult... results) {
        return election.elect(List.of(results))
                .map(elected -> elected.server().identity())
                .orElse("");
    }
}
