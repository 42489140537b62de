package io.colonnade.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.core.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @Test
    void hasThePortOfMySqlUnlessItNamesOne() {
        assertThat(DatabaseUrl.parse("mysql://app@db.example/shop"))
                .isEqualTo(new DatabaseUrl("app", new Address("db.example", 3306), "shop"));
        assertThat(DatabaseUrl.parse("mysql://app@[::1]:3307/shop").address()).isEqualTo(new Address("::1", 3307));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "embedded",
                "mysql://db/shop",
                "mysql://app@db",
                "mysql://app@db/",
                "mysql://app@db/a`b",
                "http://a@b/c"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text)).hasMessageContaining("mysql://USER@HOST[:PORT]/DB");
    }

    @Test
    void refusesAPasswordWithoutRepeatingIt() {
        assertThatThrownBy(() -> DatabaseUrl.parse("mysql://app:secret@db/shop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("by a file or the environment")
                .hasMessageNotContaining("secret");
    }
}
