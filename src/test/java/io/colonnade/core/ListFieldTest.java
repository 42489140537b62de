package io.colonnade.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListFieldTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "close",
                "CLOSE",
                " close\t",
                "TE, close",
                "close,TE",
                "foo ,\tClose ",
                ",,close",
                "a=\",\", close"
            })
    void findsAnElementWhereverItStands(String line) {
        assertThat(ListField.has(field(line), HttpHeaders.CONNECTION, "close")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "closed", "not-close", "x; y=close", "\"close\"", "\"a, close\"", "\"a\\\", close", "\"close"
            })
    void doesNotTakeAPartOfAnElementForOne(String line) {
        assertThat(ListField.has(field(line), HttpHeaders.CONNECTION, "close")).isFalse();
    }

    @Test
    void takesSeveralLinesForOneList() {
        var fields = field("keep-alive", "TE, close");
        assertThat(ListField.has(fields, HttpHeaders.CONNECTION, "close")).isTrue();
        assertThat(ListField.has(fields, HttpHeaders.CONNECTION, "keep-alive")).isTrue();
        assertThat(ListField.elements(fields, HttpHeaders.CONNECTION)).isEqualTo(List.of("keep-alive", "TE", "close"));
    }

    @Test
    void isEmptyWithoutTheField() {
        var none = MultiMap.caseInsensitiveMultiMap();
        assertThat(ListField.has(none, HttpHeaders.CONNECTION, "close")).isFalse();
        assertThat(ListField.elements(none, HttpHeaders.CONNECTION)).isEmpty();
        assertThat(ListField.entityTags(none, HttpHeaders.IF_NONE_MATCH)).isEmpty();
    }

    @Test
    void keepsTheParametersWithTheirElement() {
        var elements = ListField.elements("permessage-deflate; a=\"1, \\\"2;3\"; B = c;d, x;q=0.5");
        assertThat(elements).hasSize(2);
        var first = elements.get(0);
        assertThat(ListField.value(first)).isEqualTo("permessage-deflate");
        assertThat(ListField.parameter(first, "a")).isEqualTo("1, \"2;3");
        assertThat(ListField.parameter(first, "b")).isEqualTo("c");
        assertThat(ListField.parameter(first, "d")).isNull();
        assertThat(ListField.value(elements.get(1))).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource({
        "a, 1", "a;q=0.5, 0.5", "a ; Q=0.25, 0.25", "a;level=1;q=0.1, 0.1", "a;q=0, 0", "a;q=1.000, 1", "a;q=1., 1",
                "a;q=0.0001, 0",
        "a;q=1.1, 0", "a;q=2, 0", "a;q=-1, 0", "a;q=NaN, 0", "a;q=1e-1, 0", "a;q=0x1, 0", "a;q=, 0", "a;q=much, 0"
    })
    void weighsAnElement(String element, double weight) {
        assertThat(ListField.weight(element)).isEqualTo(weight);
    }

    @Test
    void doesNotTakeABackslashForAnEscapeInAnEntityTag() {
        var fields = MultiMap.caseInsensitiveMultiMap()
                .add(HttpHeaders.IF_NONE_MATCH, "\"a,\\\", W/\"b\"")
                .add(HttpHeaders.IF_NONE_MATCH, "*");
        assertThat(ListField.entityTags(fields, HttpHeaders.IF_NONE_MATCH))
                .isEqualTo(List.of("\"a,\\\"", "W/\"b\"", "*"));
    }

    private static MultiMap field(String... lines) {
        return MultiMap.caseInsensitiveMultiMap().add(HttpHeaders.CONNECTION, List.of(lines));
    }
}
