package io.colonnade.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClusterConfigTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void namesTheKeyAndWhatIsAllowed() {
        assertThatThrownBy(() -> new ClusterConfig(5701, 0, SECOND, SECOND, SECOND, SECOND, SECOND))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port-range is 0; allowed is 1 to 100");
        assertThatThrownBy(() -> new ClusterConfig(65530, 20, SECOND, SECOND, SECOND, SECOND, SECOND))
                .hasMessage("first-port is 65530; allowed is 1 to 65516 with a port-range of 20");
    }

    @Test
    void doesNotCallAMemberSilentForOneLostBeat() {
        assertThatThrownBy(() -> new ClusterConfig(5701, 20, SECOND, SECOND, SECOND, SECOND, SECOND))
                .hasMessage("silent-after is 1000 ms; allowed is 3000 ms to 3600000 ms");
    }
}
