package io.colonnade.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class RestartsTest {
    private final List<Duration> pauses = new ArrayList<>();
    private final Queue<Runnable> timers = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();
    private Future<Void> trial = Future.failedFuture(new IllegalStateException("no licence"));
    private final Restarts restarts = new Restarts(
            () -> {
                calls.add("trial");
                return trial;
            },
            (pause, action) -> {
                pauses.add(pause);
                timers.add(action);
            });

    @Test
    void oneTrialServesAllLanes() {
        var one = new Lane("one");
        var two = new Lane("two");
        restarts.failed(one, new IllegalStateException("no licence"));
        restarts.failed(two, new IllegalStateException("no licence"));
        assertThat(timers).hasSize(1);
        trial = Future.succeededFuture();
        timers.remove().run();
        assertThat(calls).containsExactly("trial", "one starts", "two starts");
        assertThat(timers).isEmpty();
    }

    @Test
    void thePauseDoublesUpToTwoMinutes() {
        restarts.failed(new Lane("one"), new IllegalStateException("no licence"));
        while (pauses.size() < 11) {
            timers.remove().run();
        }
        assertThat(pauses)
                .startsWith(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1))
                .endsWith(Duration.ofSeconds(64), Duration.ofMinutes(2), Duration.ofMinutes(2));
        assertThat(calls).hasSize(20).doesNotContain("one starts");
    }

    @Test
    void aDatabaseThatIsAwayIsAskedForEveryEightSeconds() {
        var away = new Failure(Kind.DATABASE_UNAVAILABLE, Progress.NOTHING, "the database is away");
        trial = Future.failedFuture(away);
        restarts.failed(new Lane("one"), away);
        while (pauses.size() < 7) {
            timers.remove().run();
        }
        assertThat(pauses).endsWith(Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(8));
    }

    @Test
    void whatOnlyAnotherJarMendsIsNotTriedAgain() {
        var wrongScript =
                new Failure(Kind.SITE_UNAVAILABLE, Progress.NOTHING, "the migrations of the site shop failed");
        var lane = new Lane("one");
        restarts.failed(lane, new NoClassDefFoundError("shop/Basket"));
        restarts.failed(lane, new ExceptionInInitializerError(new IllegalStateException()));
        restarts.failed(lane, new IllegalStateException(new NoSuchMethodError("of")));
        restarts.failed(lane, wrongScript);
        assertThat(timers).isEmpty();
    }

    @Test
    void aLaneThatWasClosedIsNotStarted() {
        var lane = new Lane("one");
        restarts.failed(lane, new IllegalStateException("no licence"));
        restarts.forget(lane);
        timers.remove().run();
        assertThat(calls).isEmpty();
        restarts.failed(lane, new IllegalStateException("no licence"));
        assertThat(timers).hasSize(1);
    }

    private final class Lane implements Restarts.Lane {
        private final String name;

        Lane(String name) {
            this.name = name;
        }

        @Override
        public void startAgain() {
            calls.add(name + " starts");
        }

        @Override
        public void failedAgain(Throwable cause) {
            calls.add(name + " has failed");
            restarts.failed(this, cause);
        }
    }
}
