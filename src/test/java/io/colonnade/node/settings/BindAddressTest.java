package io.colonnade.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindAddressTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', 127.0.0.1",
        "'', '127.0.0.1:5800', 127.0.0.1",
        "localhost, '', 127.0.0.1",
        "127.1.2.3, 10.0.0.1, 127.1.2.3"
    })
    void isTheConfiguredOneOrTheOneThatRoutesToTheFirstToJoin(String bind, String join, String address) {
        assertThat(resolved(bind, join).bind()).isEqualTo(address);
    }

    @Test
    void mustBeAnAddressOfThisMachine() {
        assertThatThrownBy(() -> resolved("198.51.100.1", ""))
                .isInstanceOf(StartException.class)
                .hasMessage("the address 198.51.100.1 is not an address of this machine; see --bind");
    }

    private static NodeConfig resolved(String bind, String join) {
        var settings = Settings.of(NodeConfig.DEFAULTS)
                .set("bind", bind, "--bind")
                .set("secret-file", "secret", "--secret-file");
        return BindAddress.resolvedIn((join.isEmpty() ? settings : settings.set("join", join, "--join")).bind());
    }
}
