package io.colonnade.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.config.ConfigException;
import io.colonnade.config.Settings;
import io.colonnade.core.Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', 0.0.0.0, 127.0.0.2, 127.0.0.2",
        "127.0.0.1, '', 127.0.0.1, 127.0.0.1, 127.0.0.1",
        "127.0.0.1, 192.0.2.7, 127.0.0.1, 127.0.0.1, 192.0.2.7",
        "::1, '', ::1, ::1, ::1"
    })
    void thePublicPortListensWhereTheSettingsSay(
            String publicBind, String publicAddress, String listens, String told, String answered) {
        var settings = Settings.of(NodeConfig.DEFAULTS)
                .set("bind", "127.0.0.2", "--bind")
                .set("port", "8099", "--port")
                .set("public-bind", publicBind, "--set");
        var config =
                (publicAddress.isEmpty() ? settings : settings.set("public-address", publicAddress, "--set")).bind();

        assertThat(Reach.publicPort(config)).isEqualTo(new Address(listens, 8099));
        assertThat(Reach.publicHost(config)).isEqualTo(told);
        assertThat(Reach.addresses(config)).containsExactly(answered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0", "web.example", "*"})
    void refusesWhatIsNoAddress(String publicBind) {
        assertThatThrownBy(() -> Settings.of(NodeConfig.DEFAULTS)
                        .set("public-bind", publicBind, "--set")
                        .bind())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("public-bind");
    }
}
