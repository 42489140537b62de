package io.colonnade.foobar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameOriginTest {
    @ParameterizedTest
    @CsvSource({
        "http://www.foobar.com,       www.foobar.com",
        "https://www.foobar.com,      www.foobar.com:443",
        "http://www.foobar.com:80,    www.foobar.com",
        "http://WWW.foobar.com:8080,  www.FOOBAR.com:8080",
        "http://[::1]:8080,           [::1]:8080",
    })
    void acceptsTheHostThatWasAskedFor(String origin, String host) {
        assertThat(SameOrigin.sameHost(origin, host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://www.evil.com,               www.foobar.com",
        "http://foobar.com,                 www.foobar.com",
        "http://www.foobar.com:8081,        www.foobar.com:8080",
        "http://www.foobar.com.evil.com,    www.foobar.com",
        "http://www.foobar.com@evil.com,    www.foobar.com",
        "https://www.foobar.com,            www.foobar.com:80",
        "null,                              www.foobar.com",
        "'not an origin',                   www.foobar.com",
        "'',                                www.foobar.com",
    })
    void refusesEveryOther(String origin, String host) {
        assertThat(SameOrigin.sameHost(origin, host)).isFalse();
    }
}
