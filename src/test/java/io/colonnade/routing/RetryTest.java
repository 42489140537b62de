package io.colonnade.routing;

import static io.colonnade.routing.Members.member;
import static io.colonnade.routing.Members.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.cluster.Member;
import io.colonnade.cluster.Membership;
import io.colonnade.cluster.Snapshot;
import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.ManualClock;
import io.colonnade.core.RequestBody;
import io.colonnade.core.Role;
import io.colonnade.core.Tier;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The balancer is member 1, and the members from 2 on run the web tier. */
class RetryTest {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private final ManualClock clock = new ManualClock();
    private final RetryRequest get = new RetryRequest(HttpMethod.GET);
    private final List<String> tried = new ArrayList<>();
    private final Deque<Throwable> failures = new ArrayDeque<>();
    private Consumer<Exchange> atMember = exchange -> {};
    private int retries;

    @Test
    void triesNothingAgainThatWasAnswered() {
        assertThat(retry(3).handle(exchange(get)).succeeded()).isTrue();
        assertThat(tried).hasSize(1);
        assertThat(retries).isZero();
    }

    @Test
    void triesAnotherMemberAtOnce() {
        fail(1, Kind.MEMBER_LOST, Progress.REQUEST);
        assertThat(retry(3).handle(exchange(get)).succeeded()).isTrue();
        assertThat(tried).hasSize(2).doesNotHaveDuplicates();
        assertThat(retries).isEqualTo(1);
    }

    @Test
    void givesUpAfterThreeTriesWithTheLastFailure() {
        fail(2, Kind.MEMBER_LOST, Progress.REQUEST);
        fail(3, Kind.STREAM_RESET, Progress.REQUEST);
        var answer = retry(5).handle(exchange(get));
        assertThat(kind(answer)).isEqualTo(Kind.STREAM_RESET);
        assertThat(tried).hasSize(3).doesNotHaveDuplicates();
        assertThat(retries).isEqualTo(2);
    }

    @Test
    void countsNoMemberThatWasLostBeforeAnythingLeftForIt() {
        fail(4, Kind.MEMBER_LOST, Progress.NOTHING);
        fail(2, Kind.STREAM_RESET, Progress.REQUEST);
        assertThat(retry(7).handle(exchange(get)).succeeded()).isTrue();
        assertThat(tried).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void countsLostMembersWhenThereIsNoOtherThatWasNotTried() {
        fail(100, Kind.MEMBER_LOST, Progress.NOTHING);
        assertThat(kind(retry(4).handle(exchange(get)))).isEqualTo(Kind.MEMBER_LOST);
        assertThat(tried).hasSize(4 + 2);
        assertThat(new HashSet<>(tried)).hasSize(4);
    }

    @Test
    void paysForNoMemberThatWasLostBeforeAnythingLeftForIt() {
        var retry = retry(3, new RetryConfig(3, 0, 0));
        fail(2, Kind.MEMBER_LOST, Progress.NOTHING);
        assertThat(retry.handle(exchange(get)).succeeded()).isTrue();
        fail(1, Kind.STREAM_RESET, Progress.NOTHING);
        assertThat(kind(retry.handle(exchange(get)))).isEqualTo(Kind.STREAM_RESET);
    }

    @Test
    void retriesOnlyAsOftenAsTheBudgetAllows() {
        var retry = retry(3, new RetryConfig(2, 0, 1));
        for (var i = 0; i < 10; i++) {
            fail(1, Kind.STREAM_RESET, Progress.REQUEST);
            assertThat(retry.handle(exchange(get)).succeeded())
                    .as("request %d", i)
                    .isTrue();
        }
        fail(1, Kind.STREAM_RESET, Progress.REQUEST);
        assertThat(kind(retry.handle(exchange(get)))).isEqualTo(Kind.STREAM_RESET);
        clock.advance(Duration.ofSeconds(10));
        fail(1, Kind.STREAM_RESET, Progress.REQUEST);
        assertThat(retry.handle(exchange(get)).succeeded()).isTrue();
    }

    @Test
    void retriesNothingWhenOneTryIsAllowed() {
        fail(1, Kind.MEMBER_LOST, Progress.NOTHING);
        var retry = retry(3, new RetryConfig(1, 100, 1000));
        assertThat(kind(retry.handle(exchange(get)))).isEqualTo(Kind.MEMBER_LOST);
        assertThat(tried).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"})
    void retriesAnIdempotentRequestThatWasSent(String method) {
        fail(1, Kind.MEMBER_LOST, Progress.REQUEST);
        var request = new RetryRequest(HttpMethod.valueOf(method));
        assertThat(retry(3).handle(exchange(request)).succeeded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "CONNECT", "PROPFIND"})
    void retriesAnyOtherRequestOnlyIfNothingWasSent(String method) {
        fail(1, Kind.MEMBER_LOST, Progress.NOTHING);
        assertThat(retry(3).handle(exchange(new RetryRequest(HttpMethod.valueOf(method))))
                        .succeeded())
                .isTrue();
        fail(1, Kind.MEMBER_LOST, Progress.REQUEST);
        assertThat(kind(retry(3).handle(exchange(new RetryRequest(HttpMethod.valueOf(method))))))
                .isEqualTo(Kind.MEMBER_LOST);
        assertThat(tried).hasSize(3);
    }

    @Test
    void retriesNothingOfWhichAResponseHasBegun() {
        fail(1, Kind.STREAM_RESET, Progress.RESPONSE);
        assertThat(retry(3).handle(exchange(get)).failed()).isTrue();
        atMember = exchange -> get.headWritten = true;
        fail(1, Kind.STREAM_RESET, Progress.REQUEST);
        assertThat(retry(3).handle(exchange(get)).failed()).isTrue();
        assertThat(tried).hasSize(2);
    }

    @Test
    void retriesNothingForAClientThatHasGone() {
        atMember = exchange -> get.closed = true;
        fail(1, Kind.MEMBER_LOST, Progress.NOTHING);
        assertThat(retry(3).handle(exchange(get)).failed()).isTrue();
        assertThat(tried).hasSize(1);
    }

    @Test
    void retriesNothingWhenTheTimeIsOver() {
        atMember = exchange -> clock.advance(TIME_LIMIT);
        fail(1, Kind.MEMBER_LOST, Progress.NOTHING);
        assertThat(retry(3).handle(exchange(get)).failed()).isTrue();
        assertThat(tried).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NO_ENDPOINT", "MEMBER_LOST", "STREAM_RESET", "SITE_UNAVAILABLE"})
    void retriesNothingThatAnotherMemberWouldAnswerAlike(Kind kind) {
        fail(1, kind, Progress.NOTHING);
        assertThat(kind(retry(3).handle(exchange(get)))).isEqualTo(kind);
        assertThat(tried).hasSize(1);
    }

    @Test
    void retriesNoDefect() {
        failures.add(new IllegalStateException("a defect"));
        assertThat(retry(3).handle(exchange(get)).cause()).isInstanceOf(IllegalStateException.class);
        assertThat(tried).hasSize(1);
    }

    @Test
    void triesTheOnlyMemberAgain() {
        fail(1, Kind.STREAM_RESET, Progress.REQUEST);
        assertThat(retry(1).handle(exchange(get)).succeeded()).isTrue();
        assertThat(tried).containsExactly("node-2", "node-2");
    }

    @Test
    void doesNotAskTheOnlyMemberAgainThatHadNoEndpointItself() {
        fail(1, Kind.NO_ENDPOINT, Progress.NOTHING);
        assertThat(kind(retry(1).handle(exchange(get)))).isEqualTo(Kind.NO_ENDPOINT);
        assertThat(tried).containsExactly("node-2");
        fail(1, Kind.NO_ENDPOINT, Progress.NOTHING);
        assertThat(retry(2).handle(exchange(get)).succeeded()).isTrue();
    }

    @Test
    void failsWithoutATryWhenThereIsNoMember() {
        assertThat(kind(retry(0).handle(exchange(get)))).isEqualTo(Kind.NO_ENDPOINT);
        assertThat(tried).isEmpty();
    }

    @Test
    void sendsAHeldBodyAgainFromItsStart() {
        var put = new RetryRequest(HttpMethod.PUT);
        var bodies = new ArrayList<Buffer>();
        atMember = exchange -> {
            var body = Buffer.buffer();
            bodies.add(body);
            exchange.body().open(into(body));
            if (bodies.size() == 1) {
                put.arrives(Buffer.buffer(new byte[RequestBody.HELD_BYTES - 1]));
                put.arrives(Buffer.buffer("z"));
            }
        };
        fail(1, Kind.MEMBER_LOST, Progress.REQUEST);
        assertThat(retry(3).handle(exchange(put)).succeeded()).isTrue();
        assertThat(bodies).hasSize(2);
        assertThat(bodies.get(1)).isEqualTo(bodies.get(0));
        assertThat(bodies.get(1).length()).isEqualTo(RequestBody.HELD_BYTES);
    }

    @Test
    void retriesNothingWhoseBodyIsTooLargeToBeHeld() {
        var put = new RetryRequest(HttpMethod.PUT);
        atMember = exchange -> {
            exchange.body().open(into(Buffer.buffer()));
            put.arrives(Buffer.buffer(new byte[RequestBody.HELD_BYTES + 1]));
        };
        fail(1, Kind.MEMBER_LOST, Progress.REQUEST);
        assertThat(retry(3).handle(exchange(put)).failed()).isTrue();
        assertThat(tried).hasSize(1);
    }

    @Test
    void retriesNothingWhoseBodyATierOfThisNodeHasRead() {
        var put = new RetryRequest(HttpMethod.PUT);
        Tier local = exchange -> {
            put.arrives(Buffer.buffer("a"));
            return Future.failedFuture(new Failure(Kind.SITE_UNAVAILABLE, Progress.NOTHING, "by the test"));
        };
        assertThat(kind(retryFromHere(local).handle(exchange(put)))).isEqualTo(Kind.SITE_UNAVAILABLE);
        assertThat(tried).isEmpty();
    }

    @Test
    void forgetsWhatATierOfThisNodeHasPutOnTheResponse() {
        Tier local = exchange -> {
            get.responseHeaders.add("etag", "old");
            get.status = 503;
            return Future.failedFuture(new Failure(Kind.SITE_UNAVAILABLE, Progress.NOTHING, "by the test"));
        };
        assertThat(retryFromHere(local).handle(exchange(get)).succeeded()).isTrue();
        assertThat(tried).containsExactly("node-2");
        assertThat(get.responseHeaders.isEmpty()).isTrue();
        assertThat(get.status).isEqualTo(200);
    }

    private Exchange exchange(RetryRequest of) {
        return Exchange.open(of.request, "id", Members.SITE, new Exchange.TimeLimits(TIME_LIMIT, TIME_LIMIT), clock);
    }

    private void fail(int times, Kind kind, Progress progress) {
        for (var i = 0; i < times; i++) {
            failures.add(new Failure(kind, progress, "by the test"));
        }
    }

    private Future<Void> answer(Exchange exchange, Member member, Role tier) {
        tried.add(member.name());
        atMember.accept(exchange);
        var failure = failures.poll();
        return failure == null ? Future.succeededFuture() : Future.failedFuture(failure);
    }

    private Retry retry(int members) {
        return retry(members, RetryConfig.DEFAULTS);
    }

    private Retry retry(int members, RetryConfig config) {
        var all = IntStream.rangeClosed(1, members + 1)
                .mapToObj(number -> member(number).roles(number == 1 ? Role.BALANCER : Role.WEB))
                .toArray(Members[]::new);
        return retry(snapshot(all), null, config);
    }

    /** Of this node, which is selected first, and one other. */
    private Retry retryFromHere(Tier local) {
        return retry(snapshot(member(1), member(2)), local, RetryConfig.DEFAULTS);
    }

    private Retry retry(Snapshot members, @Nullable Tier local, RetryConfig config) {
        var membership = new Membership() {
            @Override
            public Snapshot snapshot() {
                return members;
            }

            @Override
            public void onChange(Consumer<Snapshot> listener) {
                listener.accept(members);
            }
        };
        var routing = new Routing(membership, RoutingConfig.DEFAULTS, List.of(), clock, () -> 0);
        return new Retry(new Dispatch(routing, Role.WEB, local, this::answer), config, clock, () -> retries++);
    }

    private static Kind kind(Future<Void> answer) {
        return ((Failure) answer.cause()).kind();
    }

    private static RequestBody.Reader into(Buffer body) {
        return new RequestBody.Reader() {
            @Override
            public void data(Buffer chunk) {
                body.appendBuffer(chunk);
            }

            @Override
            public void end() {}

            @Override
            public void failed(Throwable cause) {}
        };
    }
}
