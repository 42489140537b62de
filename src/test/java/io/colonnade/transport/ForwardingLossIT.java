package io.colonnade.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.testing.RawHttp;
import io.colonnade.testing.RawResponse;
import io.colonnade.transport.link.TransportConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client and the tiers notice of a member, a batch or a client that is lost, or slow. */
class ForwardingLossIT {
    private final PathAnswers answers = new PathAnswers();
    private final TwoNodes nodes = TwoNodes.open(answers::answer);

    @AfterEach
    void leavesNothingBehind() throws Exception {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(nodes.figures()).containsOnly(0L));
        nodes.close();
    }

    @Test
    void failsWithNothingSentWhenTheMemberCannotBeReached() throws Exception {
        nodes.wire().refuseAll(true);
        assertThat(exchange(nodes.remotePort(), RawHttp.request("POST", "/fixed"))
                        .status())
                .isEqualTo(502);
        assertThat(nodes.lastFailure().kind()).isEqualTo(Kind.MEMBER_LOST);
        assertThat(nodes.lastFailure().progress()).isEqualTo(Progress.NOTHING);
        nodes.wire().refuseAll(false);
        assertThat(exchange(nodes.remotePort(), RawHttp.request("POST", "/fixed"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void noticesALostRequest() throws Exception {
        nodes.wire().loseBatchWith("/fixed");
        assertThat(exchange(nodes.remotePort(), RawHttp.request("GET", "/fixed"))
                        .status())
                .isEqualTo(502);
        assertThat(nodes.lastFailure().progress()).isEqualTo(Progress.REQUEST);
        assertThat(exchange(nodes.remotePort(), RawHttp.request("GET", "/fixed"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void doesNotSayThatNothingLeftOfARequestThatLeavesWithTheNewsOfALoss() throws Exception {
        nodes.loseAtNextForward();
        assertThat(exchange(nodes.remotePort(), RawHttp.request("POST", "/fixed"))
                        .status())
                .isEqualTo(502);
        assertThat(nodes.lastFailure().progress()).isEqualTo(Progress.REQUEST);
    }

    @Test
    void noticesThatTheFirstThingTheMemberHadToSayCouldNotBeSent() throws Exception {
        nodes.refuseNextOfFar();
        try (var http = RawHttp.connect(nodes.remotePort())) {
            http.send(RawHttp.request("GET", "/hang"));
            await().pollInterval(Duration.ofMillis(1)).until(() -> answers.hanging() != null);
            nodes.atFar(() -> answers.hanging().response().end("not sent"));
            assertThat(http.read().status()).isEqualTo(502);
        }
        assertThat(nodes.lastFailure().kind()).isEqualTo(Kind.MEMBER_LOST);
        assertThat(nodes.lastFailure().progress()).isEqualTo(Progress.REQUEST);
    }

    @Test
    void noticesALostPieceOfAResponse() throws Exception {
        try (var http = RawHttp.connect(nodes.remotePort())) {
            http.send(RawHttp.request("GET", "/hang-after-head"));
            http.readHead();
            nodes.wire().loseBatchWith("lost");
            nodes.atFar(() -> answers.hanging().response().end("lost"));
            assertThat(http.isClosedByPeer()).isTrue();
        }
        assertThat(nodes.lastFailure().kind()).isEqualTo(Kind.MEMBER_LOST);
        assertThat(nodes.lastFailure().progress()).isEqualTo(Progress.RESPONSE);
    }

    @Test
    void refusesAtOnceWhatArrivesWhileTheMemberStops() throws Exception {
        nodes.stopFar();
        try (var http = RawHttp.connect(nodes.remotePort())) {
            http.send(RawHttp.request("GET", "/hang"));
            assertThat(http.read().status()).isEqualTo(503);
        }
        assertThat(nodes.lastFailure().kind()).isEqualTo(Kind.NO_ENDPOINT);
        assertThat(nodes.lastFailure().progress()).isEqualTo(Progress.NOTHING);
    }

    @Test
    void failsAtOnceWhenTheMemberLeaves() throws Exception {
        try (var http = RawHttp.connect(nodes.remotePort())) {
            http.send(RawHttp.request("GET", "/hang"));
            await().until(() -> answers.hanging() != null);
            nodes.loseFar();
            assertThat(http.read().status()).isEqualTo(502);
        }
        assertThat(nodes.lastFailure().progress()).isEqualTo(Progress.REQUEST);
        nodes.atFar(() -> answers.hanging().response().end());
    }

    @Test
    void tellsTheFarTierThatTheClientWentAway() throws Exception {
        for (var port : List.of(nodes.localPort(), nodes.remotePort(), nodes.chainedPort())) {
            answers.forget();
            try (var http = RawHttp.connect(port)) {
                http.send(RawHttp.request("GET", "/hang"));
                await().until(() -> answers.hanging() != null);
            }
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(answers.seen()).isEqualTo("closed"));
        }
    }

    @Test
    void givesUpWhenNoHeadComesInTime() throws Exception {
        nodes.limits(Duration.ofMillis(200), Duration.ofSeconds(20));
        assertThat(exchange(nodes.remotePort(), RawHttp.request("GET", "/hang")).status())
                .isEqualTo(504);
        assertThat(nodes.lastFailure().kind()).isEqualTo(Kind.RESPONSE_TIMEOUT);
    }

    @Test
    void aSiteThatLetsItsClientWaitMayBeSilentForLongerThanABody() throws Exception {
        nodes.limits(Duration.ofSeconds(20), Duration.ofMillis(200));
        for (var port : List.of(nodes.localPort(), nodes.remotePort(), nodes.chainedPort())) {
            assertThat(exchange(port, RawHttp.request("GET", "/late")).text()).isEqualTo("at last");
            assertThat(exchange(port, post("/late", "text/plain", "?")).text()).isEqualTo("at last");
        }
    }

    @Test
    void failsAsTheFarTierDid() throws Exception {
        var request = "PUT /refuse HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello";
        assertThat(exchange(nodes.remotePort(), request).status()).isEqualTo(503);
        assertThat(nodes.lastFailure().kind()).isEqualTo(Kind.SITE_UNAVAILABLE);
        assertThat(nodes.lastFailure().progress()).isEqualTo(Progress.NOTHING);
    }

    @Test
    void holdsNoMoreThanItsWindowForAReaderThatDoesNotRead() throws Exception {
        try (var http = RawHttp.connect(nodes.remotePort())) {
            http.send(RawHttp.request("GET", "/endless"));
            http.readHead();
            var window = TransportConfig.DEFAULTS.streamWindow();
            await().atMost(Duration.ofSeconds(20)).until(() -> nodes.figures().get(2) >= window / 2);
            for (var i = 0; i < 50; i++) {
                assertThat(nodes.figures().get(2)).isLessThanOrEqualTo(window);
                assertThat(nodes.wire().lent()).isLessThanOrEqualTo(4);
                assertThat(exchange(nodes.remotePort(), RawHttp.request("GET", "/fixed"))
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void failsOnlyTheExchangeWhoseHeadOrTrailersAreTooLargeForAFrame() throws Exception {
        try (var other = RawHttp.connect(nodes.remotePort())) {
            other.send(RawHttp.request("GET", "/late"));
            assertThat(exchange(nodes.remotePort(), RawHttp.request("GET", "/large-head"))
                            .status())
                    .isEqualTo(500);
            try (var http = RawHttp.connect(nodes.remotePort())) {
                http.send(RawHttp.request("GET", "/large-trailer"));
                assertThat(isWhole(http)).isFalse();
            }
            assertThat(other.read().text()).isEqualTo("at last");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/close-first", "/close-midway"})
    void neverEndsABrokenResponseAsIfItWereWhole(String target) throws Exception {
        for (var port : List.of(nodes.localPort(), nodes.remotePort())) {
            try (var http = RawHttp.connect(port)) {
                http.send(RawHttp.request("GET", target));
                assertThat(isWhole(http)).isFalse();
            }
        }
    }

    private static boolean isWhole(RawHttp http) throws Exception {
        try {
            return http.read().end() != RawResponse.End.PREMATURE;
        } catch (IOException closed) {
            return false;
        }
    }

    private static String post(String target, String type, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static RawResponse exchange(int port, String request) throws Exception {
        return RawHttp.exchange(port, request);
    }
}
