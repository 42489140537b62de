package io.colonnade.transport.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.NodeId;
import io.colonnade.transport.frame.BatchHeader;
import io.colonnade.transport.frame.LaneAddress;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LinkInputTest {
    private static final LaneAddress SOURCE = new LaneAddress(new NodeId(UUID.randomUUID()), 1, 0);

    private final LinkInput input = new LinkInput(1000);

    @Test
    void missesNothingOfBatchesInOrder() {
        assertThat(input.lost(batch(1, 0, 0))).isFalse();
        assertThat(input.lost(batch(1, 1, 0))).isFalse();
        assertThat(input.lost(batch(1, 2, 0))).isFalse();
    }

    @Test
    void missesABatchThatIsLeftOut() {
        input.lost(batch(1, 0, 0));
        assertThat(input.lost(batch(1, 2, 0))).isTrue();
        assertThat(input.lost(batch(1, 3, 0))).isFalse();
    }

    @Test
    void missesTheBeginning() {
        assertThat(input.lost(batch(1, 4, 0))).isTrue();
    }

    @Test
    void takesAnotherIncarnationForALoss() {
        input.lost(batch(1, 0, 0));
        assertThat(input.lost(batch(2, 0, 0))).isTrue();
        assertThat(input.lost(batch(2, 1, 0))).isFalse();
    }

    @Test
    void reportsAfterAQuarterOfTheWindow() {
        input.lost(batch(1, 0, 249));
        assertThat(input.reportDue()).isFalse();
        assertThat(input.unreported()).isTrue();
        input.lost(batch(1, 1, 250));
        assertThat(input.reportDue()).isTrue();
        assertThat(input.report()).isEqualTo(250);
        assertThat(input.unreported()).isFalse();
    }

    @Test
    void reportsWhatALostBatchBroughtToo() {
        input.lost(batch(1, 0, 10));
        input.lost(batch(1, 5, 500));
        assertThat(input.report()).isEqualTo(500);
    }

    private static BatchHeader batch(int incarnation, long number, long bytes) {
        return new BatchHeader(1, SOURCE, incarnation, number, bytes);
    }
}
