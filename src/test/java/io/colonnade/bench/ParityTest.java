package io.colonnade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParityTest {
    private static final Map<String, String> PLAIN = Map.of("content-type", "text/plain", "content-length", "2");

    @Test
    void isWhatClientsSee() {
        assertThat(Parity.differences(reply(200, PLAIN, "ab"), reply(200, PLAIN, "ab")))
                .isEmpty();
        assertThat(Parity.differences(reply(200, PLAIN, "ab"), reply(500, PLAIN, "ab")))
                .containsExactly("status: 200 and 500");
        assertThat(Parity.differences(reply(200, PLAIN, "ab"), reply(200, PLAIN, "ac")))
                .containsExactly("body: 2 and 2 bytes");
    }

    @Test
    void knowsOneFramingFromAnother() {
        var chunked = Map.of("content-type", "text/plain", "transfer-encoding", "chunked");
        assertThat(Parity.differences(reply(200, PLAIN, "ab"), reply(200, chunked, "ab")))
                .containsExactly("content-length: 2 and none", "transfer-encoding: none and chunked");
    }

    @Test
    void doesNotMindBlanksAndCase() {
        var one = Map.of("content-type", "text/html; charset=utf-8");
        var other = Map.of("content-type", "text/html;charset=UTF-8");
        assertThat(Parity.differences(reply(200, one, ""), reply(200, other, "")))
                .isEmpty();
    }

    private static Reply reply(int status, Map<String, String> fields, String body) {
        return new Reply(status, fields, Buffer.buffer(body));
    }
}
