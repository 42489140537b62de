package io.colonnade.store.topology;

import static io.colonnade.store.topology.ProbeResults.at;
import static io.colonnade.store.topology.ProbeResults.member;
import static io.colonnade.store.topology.ProbeResults.readOnly;
import static io.colonnade.store.topology.ProbeResults.writable;
import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.store.topology.ProbeResult.Galera;
import io.colonnade.store.topology.Topology.Reader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicasTest {
    private final Replicas replicas = new Replicas();

    @Test
    void aReplicaIsUpToTheLatestMomentWhoseTransactionsItHas() {
        readers(at(1, writable("a", 10)), at(1, readOnly("b", 10)));
        readers(at(2, writable("a", 20)), at(2, readOnly("b", 19)));

        assertThat(readers(at(3, writable("a", 30)), at(3, readOnly("b", 29))))
                .singleElement()
                .satisfies(reader -> {
                    assertThat(reader.upTo()).isEqualTo(Instant.ofEpochSecond(2));
                    assertThat(reader.upToNanos()).isEqualTo(2_000_000_000L);
                    assertThat(reader.complete()).isFalse();
                });
    }

    @Test
    void aReplicaThatStandsStillStaysWhereItIs() {
        readers(at(1, writable("a", 10)), at(1, readOnly("b", 10)));

        for (var second = 2; second < 500; second++) {
            assertThat(readers(at(second, writable("a", 10L * second)), at(second, readOnly("b", 10))))
                    .extracting(Reader::upTo)
                    .containsExactly(Instant.ofEpochSecond(1));
        }
    }

    @Test
    void ofAReplicaThatIsBehindFromTheBeginningNothingIsKnown() {
        assertThat(readers(at(1, writable("a", 10)), at(1, readOnly("b", 9)))).isEmpty();
    }

    @Test
    void anotherPrimaryStartsAnew() {
        readers(at(1, writable("a", 10)), at(1, readOnly("b", 10)), at(1, readOnly("c", 10)));

        assertThat(replicas.readers(
                        Optional.of(at(2, writable("b", 11))),
                        List.of(at(2, writable("b", 11)), at(2, readOnly("c", 10)))))
                .isEmpty();
    }

    @Test
    void replicasAreReadWhileThereIsNoPrimary() {
        readers(at(1, writable("a", 10)), at(1, readOnly("b", 10)));

        assertThat(replicas.readers(Optional.empty(), List.of(at(2, readOnly("b", 10)))))
                .hasSize(1);
    }

    @Test
    void theOtherMembersOfAGaleraClusterAreComplete() {
        assertThat(replicas.readers(
                        Optional.of(member("a", Galera.SYNCED)),
                        List.of(member("a", Galera.SYNCED), member("b", Galera.SYNCED), member("c", Galera.DONOR))))
                .singleElement()
                .satisfies(reader -> {
                    assertThat(reader.result().server()).isEqualTo(ProbeResults.server("b"));
                    assertThat(reader.complete()).isTrue();
                });
    }

    private List<Reader> readers(ProbeResult primary, ProbeResult... others) {
        return replicas.readers(Optional.of(primary), List.of(others));
    }
}
