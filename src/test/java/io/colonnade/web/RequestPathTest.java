package io.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
    @Test
    void decodesOnce() {
        assertThat(RequestPath.decode("/a%20b%2541")).isEqualTo("/a b%41");
    }

    @Test
    void decodesUtf8() {
        assertThat(RequestPath.decode("/gr%C3%BC%c3%9f.html")).isEqualTo("/grüß.html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%", "/%4", "/%zz", "/%-1", "/%00", "/a%2fb", "/a%2Fb", "/a%5cb", "/a\\b", "/%c3", "/%0d%0a", "/%ff"
            })
    void refusesWhatCanNameNoFile(String path) {
        assertThat(RequestPath.decode(path)).isNull();
    }
}
