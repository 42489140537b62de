package io.colonnade.store.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.core.Address;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseConfigTest {
    @Test
    void isEmbeddedUnlessServersAreNamed() {
        assertThat(DatabaseConfig.DEFAULTS.isEmbedded()).isTrue();
        assertThat(url("mysql://app@db/shop").isEmbedded()).isFalse();
    }

    @Test
    void galeraIsRunByTheNodes() {
        assertThat(url("galera").isGalera()).isTrue();
        assertThat(url("galera").isEmbedded()).isFalse();
        assertThat(url("mysql://app@db/shop").isGalera()).isFalse();
        assertThatThrownBy(() -> new DatabaseConfig(
                        "galera", List.of(new Address("db", 0)), "app", "shop", TlsMode.DISABLED, ""))
                .hasMessageStartingWith("hosts are given besides galera, whose members are nodes with the role db");
    }

    @Test
    void readsAllServersOfAUrl() {
        var config = url("mysql://app@db1,db2:3307,[::1]/shop?tls=verify-identity&ca=/etc/ca.pem");

        assertThat(config.hosts())
                .containsExactly(new Address("db1", 3306), new Address("db2", 3307), new Address("::1", 3306));
        assertThat(config.user()).isEqualTo("app");
        assertThat(config.schema()).isEqualTo("shop");
        assertThat(config.tls()).isEqualTo(TlsMode.VERIFY_IDENTITY);
        assertThat(config.ca()).isEqualTo("/etc/ca.pem");
    }

    @Test
    void aUrlSaysHowTheDatabaseIsUsed() {
        var store =
                url("mysql://app@db/shop?pool-size=20&acquire-time-limit=3s").over(StoreConfig.DEFAULTS);

        assertThat(store.poolSize()).isEqualTo(20);
        assertThat(store.acquireTimeLimit()).isEqualTo(Duration.ofSeconds(3));
        assertThat(store.waitQueue()).isEqualTo(StoreConfig.DEFAULTS.waitQueue());
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("sqlite", "url is \"sqlite\"; allowed is embedded, galera or mysql://"),
                Arguments.of("http://a@b/c", "url is \"http://a@b/c\""),
                Arguments.of("mysql://db/shop", "url names no user"),
                Arguments.of(
                        "mysql://app@db:x/shop", "url has the host \"db:x\", in which the port \"x\" is no number"),
                Arguments.of("mysql://app@/shop", "url has the host \"\", in which the host is missing"),
                Arguments.of("mysql://app@db1,/shop", "url has the host \"\", in which the host is missing"),
                Arguments.of("mysql://app@db,db:3306/shop", "hosts has one of them twice"),
                Arguments.of("mysql://app@db", "schema is \"\""),
                Arguments.of("mysql://app@db/a`b", "schema is \"a`b\""),
                Arguments.of("mysql://app@db/shop?tls", "url has the parameter \"tls\" without a value"),
                Arguments.of(
                        "mysql://app@db/shop?tls=yes", "url has the parameter tls=yes; allowed is disabled, required"),
                Arguments.of("mysql://app@db/shop?pool-sise=9", "url: pool-sise is unknown; did you mean pool-size?"),
                Arguments.of("mysql://app@db/shop?pool-size=0", "url: pool-size is 0; allowed is 1 to 1000"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> url(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://app:hush@db/shop", "mysql://app:hush@db/a@b", "mysql://:hush@db/shop"})
    void refusesAPasswordWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> url(text))
                .hasMessageStartingWith("url has a password in it")
                .hasMessageNotContaining("hush");
    }

    @Test
    void aBlockNeedsAUser() {
        assertThatThrownBy(() ->
                        new DatabaseConfig("embedded", List.of(new Address("db", 0)), "", "shop", TlsMode.DISABLED, ""))
                .hasMessageStartingWith("user is missing");
    }

    private static DatabaseConfig url(String text) {
        return new DatabaseConfig(text, List.of(), "", "", TlsMode.DISABLED, "");
    }
}
