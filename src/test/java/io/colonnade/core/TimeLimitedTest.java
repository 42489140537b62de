package io.colonnade.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Exchange.TimeLimits;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeLimitedTest {
    private static final TimeLimits LIMITS = new TimeLimits(Duration.ofSeconds(60), Duration.ofSeconds(10));

    private final ManualClock clock = new ManualClock();
    private final OpenExchanges open = new OpenExchanges();
    private final PlainRequest request = new PlainRequest();
    private final Promise<Void> tierIsDone = Promise.promise();
    private long lastActivity = clock.nanos();
    private boolean awaitsRequest = true;

    @Test
    void letsAHeadTakeItsTimeAndNoMore() {
        var answered = begin();
        pass(60);
        assertThat(answered.isComplete()).isFalse();
        pass(1);
        assertThat(failure(answered).kind()).isEqualTo(Kind.RESPONSE_TIMEOUT);
        assertThat(failure(answered).progress()).isEqualTo(Progress.REQUEST);
    }

    @Test
    void countsTheHeadsTimeFromTheLastByteOfTheRequest() {
        var answered = begin();
        pass(50);
        lastActivity = clock.nanos();
        pass(50);
        assertThat(answered.isComplete()).isFalse();
    }

    @Test
    void blamesTheClientWhoseRequestStopsToArrive() {
        request.isStillArriving();
        var answered = begin();
        pass(11);
        assertThat(failure(answered).kind()).isEqualTo(Kind.REQUEST_TIMEOUT);
    }

    @Test
    void blamesTheSiteThatStopsToReadTheRequest() {
        request.isStillArriving();
        awaitsRequest = false;
        var answered = begin();
        pass(11);
        assertThat(failure(answered).kind()).isEqualTo(Kind.RESPONSE_TIMEOUT);
    }

    @Test
    void endsAResponseThatStandsStill() {
        var answered = begin();
        request.writeHead();
        pass(10);
        assertThat(answered.isComplete()).isFalse();
        pass(1);
        assertThat(failure(answered).kind()).isEqualTo(Kind.RESPONSE_TIMEOUT);
        assertThat(failure(answered).progress()).isEqualTo(Progress.RESPONSE);
    }

    @Test
    void forgetsWhatWasAnswered() {
        var answered = begin();
        tierIsDone.complete();
        pass(1000);
        assertThat(answered.succeeded()).isTrue();
    }

    @Test
    void tellsTheCarrierFirstAndOnce() {
        var told = new ArrayList<Failure>();
        var exchange = exchange();
        var answered = exchange.answerBy(new TimeLimited(
                carried -> {
                    carried.carriedBy(failure -> {
                        told.add(failure);
                        tierIsDone.fail(new Failure(failure.kind(), failure.progress(), "member amber-heron: slow"));
                    });
                    return tierIsDone.future();
                },
                open));
        pass(61);
        exchange.fail(new Failure(Kind.BODY_TOO_LARGE, Progress.REQUEST, "too late"));
        assertThat(told).hasSize(1);
        assertThat(failure(answered)).hasMessage("member amber-heron: slow");
    }

    @Test
    void failsAllThatAreOverdueWhateverAFailureDoesToTheOthers() {
        var first = exchange();
        var second = exchange();
        var answers = new ArrayList<Future<Void>>();
        for (var exchange : List.of(first, second, exchange())) {
            answers.add(exchange.answerBy(
                    new TimeLimited(each -> Promise.<Void>promise().future(), open)));
        }
        first.carriedBy(failure -> second.fail(failure));
        pass(61);
        assertThat(answers).allMatch(Future::failed);
        pass(1);
    }

    private Future<Void> begin() {
        return exchange().answerBy(new TimeLimited(exchange -> tierIsDone.future(), open));
    }

    private Exchange exchange() {
        var entrance = new Exchange.Entrance() {
            @Override
            public long lastActivity(long now) {
                return lastActivity;
            }

            @Override
            public boolean awaitsRequest() {
                return awaitsRequest;
            }
        };
        return Exchange.open(request.request(), "r-1", new SiteId("foobar", "0"), LIMITS, clock, entrance);
    }

    private void pass(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        open.check(clock.nanos());
    }

    private static Failure failure(Future<Void> answered) {
        assertThat(answered.failed()).isTrue();
        return (Failure) answered.cause();
    }
}
