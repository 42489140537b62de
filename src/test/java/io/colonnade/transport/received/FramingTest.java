package io.colonnade.transport.received;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FramingTest {
    private static final String LENGTH = "content-length";
    private static final String ENCODING = "transfer-encoding";

    private final MultiMap fields = HeadersMultiMap.httpHeaders();
    private final Framing framing = new Framing(HttpVersion.HTTP_1_1, HttpMethod.GET);

    @Test
    void givesABodyThatIsKnownWholeItsLength() {
        framing.complete(fields, 200, 5);
        assertThat(fields.get(LENGTH)).isEqualTo("5");
        assertThat(fields.contains(ENCODING)).isFalse();
    }

    @Test
    void givesAnEmptyBodyALengthToo() {
        framing.complete(fields, 204, 0);
        assertThat(fields.get(LENGTH)).isEqualTo("0");
    }

    @Test
    void keepsTheLengthThatTheSiteHasSet() {
        fields.set(LENGTH, "9");
        framing.complete(fields, 200, 5);
        assertThat(fields.getAll(LENGTH)).containsExactly("9");
    }

    @Test
    void givesAChunkedBodyNoLength() {
        framing.chunked(fields, true);
        framing.complete(fields, 200, 5);
        assertThat(fields.contains(LENGTH)).isFalse();
        assertThat(fields.get(ENCODING)).isEqualTo("chunked");
    }

    @Test
    void addsNothingWhenTheLengthIsUnknown() {
        framing.complete(fields, 200, Framing.UNKNOWN);
        assertThat(fields.isEmpty()).isTrue();
    }

    @Test
    void takesTheEncodingFromAHeadThatNoBodyFollows() {
        framing.chunked(fields, true);
        framing.complete(fields, 304, 0);
        assertThat(fields.isEmpty()).isTrue();

        var toHead = new Framing(HttpVersion.HTTP_1_1, HttpMethod.HEAD);
        toHead.chunked(fields, true);
        toHead.complete(fields, 200, 7);
        assertThat(fields.isEmpty()).isTrue();
    }

    @Test
    void onlyAnAnswerToHeadHasNoBody() {
        assertThat(framing.hasBody()).isTrue();
        assertThat(new Framing(HttpVersion.HTTP_1_1, HttpMethod.HEAD).hasBody()).isFalse();
    }

    @Test
    void refusesToBeginABodyOfWhichHttp11CouldNotTellTheEnd() {
        assertThatThrownBy(() -> framing.checkLengthKnown(fields))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Content-Length");
        fields.set(LENGTH, "3");
        framing.checkLengthKnown(fields);
        fields.clear();
        framing.chunked(fields, true);
        framing.checkLengthKnown(fields);
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_0", "HTTP_2"})
    void otherVersionsNeedNoLength(HttpVersion version) {
        var other = new Framing(version, HttpMethod.GET);
        other.checkLengthKnown(fields);
        other.chunked(fields, true);
        assertThat(fields.isEmpty()).isTrue();
    }

    @Test
    void isChunkedByWhatTheFieldSays() {
        assertThat(framing.isChunked(fields, true)).isFalse();
        fields.set(ENCODING, "Chunked");
        assertThat(framing.isChunked(fields, false)).isTrue();
        framing.chunked(fields, false);
        assertThat(framing.isChunked(fields, true)).isFalse();
    }

    @Test
    void http2IsChunkedAsTheSiteWishes() {
        var http2 = new Framing(HttpVersion.HTTP_2, HttpMethod.GET);
        assertThat(http2.isChunked(fields, true)).isTrue();
        assertThat(http2.isChunked(fields, false)).isFalse();
    }
}
