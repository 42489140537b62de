package io.colonnade.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortRangeTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "7000-7031", "1-65535", "80-80"})
    void isReadAsItIsWritten(String text) {
        assertThat(PortRange.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7000", "7000-", "7001-7000", "0-10", "65000-65536", "0-0", "a-b", "1-2-3"})
    void refusesWhatIsNoRange(String text) {
        assertThatThrownBy(() -> PortRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("allowed is a range of ports");
    }

    @Test
    void goesThroughAllPortsFromAnyOnOn() {
        assertThat(new PortRange(10, 13).from(2)).containsExactly(12, 13, 10, 11);
        assertThat(new PortRange(10, 13).from(-1)).containsExactly(13, 10, 11, 12);
    }

    @Test
    void givesDifferentPortsThatAreFree() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = taken.getLocalPort();
            assertThatThrownBy(() -> new PortRange(port, port).free("127.0.0.1", 1))
                    .hasMessage("the range " + port + "-" + port + " has no free port left at 127.0.0.1");
        }
        assertThat(PortRange.ANY.free("127.0.0.1", 4)).doesNotHaveDuplicates().hasSize(4);
        assertThat(new PortRange(20_000, 32_000).free("127.0.0.1", 4))
                .doesNotHaveDuplicates()
                .allMatch(new PortRange(20_000, 32_000)::has);
    }
}
