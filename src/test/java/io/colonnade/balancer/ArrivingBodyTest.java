package io.colonnade.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Failure.Kind;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;

class ArrivingBodyTest {
    private final ArrivingBody body = new ArrivingBody();

    @Test
    void tellsOnceThatAChunkedBodyIsTooLarge() {
        begin(chunked());
        assertThat(body.refuses(content(100))).isFalse();
        assertThat(body.refuses(content(1))).isTrue();
        assertThat(body.refuses(content(1))).isFalse();
        assertThat(body.isOfTheExchange()).isTrue();
        assertThat(body.refusal()).isEqualTo(Kind.BODY_TOO_LARGE);
    }

    @Test
    void doesNotCountABodyWhoseLengthWasAnnounced() {
        begin(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
        assertThat(body.refuses(content(1000))).isFalse();
    }

    @Test
    void knowsWhoseBodyItIsWhenRequestsArePipelined() {
        begin(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
        body.start(chunked(), 100);
        assertThat(body.refuses(content(101))).isTrue();
        assertThat(body.isOfTheExchange()).isFalse();
        assertThat(body.refusal()).isNull();
        body.begin();
        assertThat(body.refusal()).isEqualTo(Kind.BODY_TOO_LARGE);
        begin(chunked());
        assertThat(body.refusal()).isNull();
    }

    @Test
    void takesALimitOfZeroForNone() {
        body.start(chunked(), 0);
        body.begin();
        assertThat(body.refuses(content(1000))).isFalse();
        assertThat(ArrivingBody.exceeds(0, Long.MAX_VALUE)).isFalse();
        assertThat(ArrivingBody.exceeds(100, 100)).isFalse();
        assertThat(ArrivingBody.exceeds(100, 101)).isTrue();
    }

    private void begin(HttpRequest head) {
        body.start(head, 100);
        body.begin();
    }

    private static HttpRequest chunked() {
        var head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
        return head;
    }

    private static HttpContent content(int bytes) {
        return new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[bytes]));
    }
}
