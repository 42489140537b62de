package io.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
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
                "x-gzip | gzip",
                "br;level=1;q=0.2, gzip ; Q=0.8 | gzip",
                "br;q=0, gzip;x=\",\" | gzip",
                "br;q=7, gzip | gzip",
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
    void takesSeveralLinesForOneList() {
        assertThat(choose("gzip;q=0.5", "br;level=1;q=0.1, deflate")).isEqualTo("gzip");
    }

    @Test
    void withoutTheFieldNothingIsCompressed() {
        assertThat(choose()).isEqualTo("identity");
    }

    private static String choose(String... lines) {
        var plain = new Representation(
                "text/plain", "identity", "\"1\"", Representation.UNKNOWN, 0, new Body.InMemory(Buffer.buffer()));
        var fields = MultiMap.caseInsensitiveMultiMap().add(HttpHeaders.ACCEPT_ENCODING, List.of(lines));
        var compressed = List.of(plain.encoded("br", "text/plain"), plain.encoded("gzip", "text/plain"));
        return new StaticFile(plain, compressed).acceptable(fields).encoding();
    }
}
