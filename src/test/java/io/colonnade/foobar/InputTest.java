package io.colonnade.foobar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputTest {
    @Test
    void trimsTextAndEndsLinesByLineFeedsAlone() {
        assertThat(Input.text("  a\r\nb\rc\n\td \u2003")).isEqualTo("a\nb\nc\n\td");
    }

    @Test
    void countsTextInCodePoints() {
        assertThat(Input.text("😀".repeat(2000))).hasSize(4000);
        assertThatThrownBy(() -> Input.text("😀".repeat(2001)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("2001")
                .hasMessageContaining("1 to 2000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \r\n ", "nul \u0000", "bell \u0007", "half of a pair \ud83d"})
    void refusesTextThatIsEmptyOrNoText(String text) {
        assertThatThrownBy(() -> Input.text(text)).isInstanceOf(Problem.class);
    }

    @Test
    void refusesWhatIsNoString() {
        assertThatThrownBy(() -> Input.text(null)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Input.name(7)).isInstanceOf(Problem.class);
    }

    @Test
    void acceptsANameOfFortyCodePoints() {
        assertThat(Input.name(" " + "ä".repeat(40) + " ")).isEqualTo("ä".repeat(40));
        assertThatThrownBy(() -> Input.name("ä".repeat(41))).isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines", "two\u2028lines", "tab\tbed"})
    void refusesNamesThatAreNotOneLine(String name) {
        assertThatThrownBy(() -> Input.name(name)).isInstanceOf(Problem.class);
    }

    @Test
    void acceptsVisibleAsciiAsIdempotencyKey() {
        assertThat(Input.idempotencyKey(null)).isNull();
        assertThat(Input.idempotencyKey("\"8e03978e\"")).isEqualTo("\"8e03978e\"");
        assertThat(Input.idempotencyKey("k".repeat(255))).hasSize(255);
    }

    @Test
    void refusesOtherIdempotencyKeys() {
        for (var key : new String[] {"", "two words", "ä", "k".repeat(256)}) {
            assertThatThrownBy(() -> Input.idempotencyKey(key)).as(key).isInstanceOf(Problem.class);
        }
    }

    @Test
    void readsNumbersOfAtMostEighteenDigits() {
        assertThat(Input.number("999999999999999999")).isEqualTo(999_999_999_999_999_999L);
        for (var text : new String[] {"", "-1", "+1", "1.0", "x", "٣", "1000000000000000000"}) {
            assertThat(Input.number(text)).as(text).isEqualTo(-1);
        }
    }
}
