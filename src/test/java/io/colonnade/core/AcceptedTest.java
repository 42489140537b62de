package io.colonnade.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html,application/xhtml+xml,*/*;q=0.8 | 1 | 0",
                "application/json, text/plain, */* | 0 | 1",
                "TEXT/HTML;q=0.5, application/problem+json;q=0.7 | 0.5 | 0.7",
                "text/html;q=0, application/json | 0 | 1",
                "application/x;a=\"text/html, application/json\" | 0 | 0",
                "text/htmlx, application/jsonx | 0 | 0",
                "*/* | 0 | 0",
            })
    void readsTheWeightsOfBothForms(String field, double html, double json) {
        var fields = MultiMap.caseInsensitiveMultiMap().add("accept", field);
        assertThat(Accepted.of(fields)).isEqualTo(new Accepted(html, json));
    }
}
