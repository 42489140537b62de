package io.colonnade.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.junit.jupiter.api.Test;

class HopByHopTest {
    private static final HttpRequest HEAD = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");

    private final MultiMap fields = HttpHeaders.headers();

    @Test
    void joinsTheLinesOfCookies() {
        fields.add("Cookie", "a=1").add("X-B", "c").add("Cookie", "session=2; d=3");
        HopByHop.stripRequest(fields, HEAD);
        assertThat(fields.getAll("Cookie")).containsExactly("a=1; session=2; d=3");
        assertThat(fields.get("X-B")).isEqualTo("c");
    }

    @Test
    void leavesOneLineOfCookiesAsItIs() {
        fields.add("Cookie", "a=1;b");
        HopByHop.stripRequest(fields, HEAD);
        assertThat(fields.getAll("Cookie")).containsExactly("a=1;b");
    }
}
