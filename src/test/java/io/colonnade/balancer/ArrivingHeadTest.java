package io.colonnade.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Failure;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivingHeadTest {
    private static final String KEY = "|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    @ParameterizedTest
    @CsvSource({
        "/x?y, www.foobar.com, /x?y",
        "*, www.foobar.com, *",
        "http://a.org/x?y=/z, a.org, /x?y=/z",
        "HTTPS://A.org:81/x, A.org:81, /x",
        "http://a.org?next=/echo/secret, a.org, /?next=/echo/secret",
        "http://[::1], [::1], *",
    })
    void bringsTargetAndHostIntoOneForm(String target, String host, String form) {
        var head = head(HttpVersion.HTTP_1_1, "OPTIONS " + target + "|Host: www.foobar.com");
        assertThat(refusal(head)).isZero();
        assertThat(head.uri()).isEqualTo(form);
        assertThat(head.headers().getAll("host")).containsExactly(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /caf\u00e9",
                "GET /caf\u00c3\u00a9",
                "GET /a#b",
                "GET nowhere",
                "GET *",
                "GET a.org:80",
                "GET ftp://a.org/",
                "GET http://",
                "GET http:///x",
                "GET http://a.org#/x",
                "GET http://user:pw@a.org/",
                "GET http://<x>.a.org/",
                "GET http://a.org:x/",
                "GET http://a\";for=6.6.6.6;x=\".a.org/"
            })
    void refusesATargetThatMakesNoSense(String line) {
        assertThat(refusal(head(HttpVersion.HTTP_1_1, line + "|Host: a.org"))).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host: a.org|Host: a.org",
                "Host: a.org|host: b.org",
                "Host:",
                "Host: a b",
                "Host: a.org, b.org",
                "Host: user@a.org",
                "Host: http://a.org",
                "Host: a.org/",
                "Host: a.org?x",
                "Host: <x>.a.org",
                "Host: a\"b.org",
                "Host: a;b.org",
                "Host: %41.org",
                "Host: :x",
                "Host: a.org:x",
                "Host: a.org:-1",
                "Host: a.org:65536",
                "Host: a.org:80:80",
                "Host: .a.org",
                "Host: a..org",
                "Host: a.org..",
                "Host: .",
                "Host: caf\u00e9.org",
                "Host: [::1",
                "Host: ::1]",
                "Host: [::1]x",
                "Host: [x]",
                "Host: []",
                "Host: [::1%25lo]",
                "Host: [::1%lo]",
                "Host: [\";for=6.6.6.6;x=.a.org]",
                "Host: a.org|: value",
                "Host: a.org|Transfer-Encoding: gzip",
                "Host: a.org|Transfer-Encoding: gzip, chunked",
                "Host: a.org|Transfer-Encoding: identity|Transfer-Encoding: chunked",
                "Host: a.org|Transfer-Encoding: chunked|Transfer-Encoding: chunked",
                "Host: a.org|Transfer-Encoding: chunked;q=1",
                "Host: a.org|Transfer-Encoding:",
                "Host: a.org|Upgrade: websocket" + KEY,
                "Host: a.org|Upgrade: websocket|Connection: upgrade",
                "Host: a.org|Upgrade: websocket|Connection: upgrade|Sec-WebSocket-Key: abc",
                "Host: a.org|Upgrade: websocket|Connection: upgrade" + KEY + KEY
            })
    void refusesFieldsThatMakeNoSense(String fields) {
        assertThat(refusal(head(HttpVersion.HTTP_1_1, "GET /|" + fields))).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.org",
                "A.ORG",
                "a.org.",
                "a_b.org",
                "a.org:80",
                "a.org:",
                "a.org:0",
                "127.0.0.1",
                "[::1]",
                "[0:0::1]:8080"
            })
    void takesAHost(String host) {
        assertThat(refusal(head(HttpVersion.HTTP_1_1, "GET /|Host: " + host))).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP, 1, 2, 0",
        "HTTP, 1, 9, 0",
        "HTTP, 2, 0, 505",
        "HTTP, 0, 9, 505",
        "XTTP, 1, 1, 400",
        "HTTP, 1, 1, 400"
    })
    void answersALaterMinorVersionAndNoOtherProtocol(String protocol, int major, int minor, int status) {
        var head = head(new HttpVersion(protocol, major, minor, true), "GET /|Host: a.org");
        assertThat(refusal(head)).isEqualTo(status);
        assertThat(head.protocolVersion()).isSameAs(HttpVersion.HTTP_1_1);
    }

    @Test
    void isNoProxyForConnect() {
        assertThat(refusal(head(HttpVersion.HTTP_1_1, "CONNECT a.org:80|Host: a.org:80")))
                .isEqualTo(501);
        assertThat(refusal(head(HttpVersion.HTTP_1_1, "CONNECT /x|Host: a.org")))
                .isEqualTo(501);
    }

    @Test
    void doesWithoutAHostInHttp10() {
        assertThat(refusal(head(HttpVersion.HTTP_1_0, "GET /"))).isZero();
        var absolute = head(HttpVersion.HTTP_1_0, "GET http://a.org/x");
        assertThat(refusal(absolute)).isZero();
        assertThat(absolute.headers().get("host")).isEqualTo("a.org");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            nullValues = "none",
            value = {
                "1 ! TE, close ! close",
                "1 ! close, TE ! close",
                "1 ! CLOSE ! close",
                "1 ! keep-alive|Connection: close ! close",
                "1 ! keep-alive ! none",
                "1 ! x ! none",
                "0 ! Keep-Alive, TE ! keep-alive",
                "0 ! TE|Connection: keep-alive ! keep-alive",
                "0 ! keep-alive, close ! none",
                "0 ! close ! none",
                "0 ! Upgrade|Upgrade: websocket ! none",
                "1 ! keep-alive, Upgrade|Upgrade: h2c, WebSocket|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== ! Upgrade"
            })
    void leavesOfConnectionWhatTheClientWants(int minor, String connection, String left) {
        var version = minor == 0 ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
        var head = head(version, "GET /|Host: a.org|X: 1|Connection: x, " + connection);
        assertThat(refusal(head)).isZero();
        assertThat(head.headers().get("connection")).isEqualTo(left);
        assertThat(head.headers().contains("x")).isFalse();
        assertThat(head.headers().get("upgrade")).isEqualTo("Upgrade".equals(left) ? "websocket" : null);
    }

    /** The status that the head is refused with; 0 if it is not. */
    private static int refusal(HttpRequest head) {
        ArrivingHead.check(head);
        return head.decoderResult().cause() instanceof Failure failure
                ? failure.kind().status()
                : 0;
    }

    /** @param text the method and the target, and a field each behind a bar */
    private static HttpRequest head(HttpVersion version, String text) {
        var lines = text.split("\\|", -1);
        var fields = HeadersMultiMap.httpHeaders();
        for (var i = 1; i < lines.length; i++) {
            if (!lines[i].isEmpty()) {
                var colon = lines[i].indexOf(':');
                fields.add(
                        lines[i].substring(0, colon),
                        lines[i].substring(colon + 1).strip());
            }
        }
        var space = lines[0].indexOf(' ');
        var method = HttpMethod.valueOf(lines[0].substring(0, space));
        return new DefaultHttpRequest(version, method, lines[0].substring(space + 1), fields);
    }
}
