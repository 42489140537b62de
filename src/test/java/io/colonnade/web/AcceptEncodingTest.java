package io.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, deflate, br | br",
                "gzip | gzip",
                "GZIP | gzip",
                "br;q=0.2, gzip;q=0.8 | gzip",
                "br;q=0, * | gzip",
                "* | br",
                "*;q=0 | identity",
                "identity, gzip;q=0.5 | identity",
                "gzip;q=0, br; q=0.000 | identity",
                "deflate | identity",
                "gzip;q=much | identity",
                "'' | identity"
            })
    void choosesWhatTheClientLikesBest(String field, String chosen) {
        assertThat(choose(field)).isEqualTo(chosen);
    }

    @Test
    void withoutTheFieldNothingIsCompressed() {
        assertThat(choose(null)).isEqualTo("identity");
    }

    private static String choose(@Nullable String field) {
        var plain = new Representation(
                "text/plain", "identity", "\"1\"", Representation.UNKNOWN, 0, new Body.InMemory(Buffer.buffer()));
        var compressed = List.of(plain.encoded("br", "text/plain"), plain.encoded("gzip", "text/plain"));
        return new StaticFile(plain, compressed).acceptable(field).encoding();
    }
}
