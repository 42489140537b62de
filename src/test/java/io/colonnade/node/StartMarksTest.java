package io.colonnade.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Failure;
import io.colonnade.core.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartMarksTest {
    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();

    @Test
    void aSiteWhoseStartCameToAnEndMayStartAgain() {
        var first = marks("a1");
        assertThat(begin(first, "shop")).isEmpty();
        assertThat(begin(first, "shop")).isEmpty();
        first.ended("shop");
        assertThat(begin(marks("a1"), "shop")).isEmpty();
    }

    @Test
    void theSiteAtWhichTheNodeEndedIsHeldBackUntilTheOthersHaveStarted() {
        assertThat(begin(marks("a1"), "shop")).isEmpty();
        var second = marks("a1");
        assertThat(begin(second, "blog")).isEmpty();
        assertThat(begin(second, "shop")).hasValueSatisfying(refusal -> assertThat(refusal)
                .isNotInstanceOf(Failure.class)
                .hasMessageStartingWith("this node ended while it started this release of the site shop"));
        second.ended("shop"); // a refusal is no start
        clock.advance(Duration.ofSeconds(31));
        assertThat(begin(second, "shop")).isEmpty();
        second.ended("shop");
        assertThat(begin(marks("a1"), "shop")).isEmpty();
    }

    @Test
    void theSiteAtWhichTheNodeEndedTwiceIsLeftOutUntilItsJarIsAnother() {
        endTwice();
        var third = marks("a1");
        clock.advance(Duration.ofHours(1));
        assertThat(begin(third, "shop")).hasValueSatisfying(refusal -> assertThat(refusal)
                .isInstanceOf(Failure.class)
                .hasMessageContaining("this node ended twice while it started this release of the site shop"));
        third.ended("shop");
        assertThat(begin(marks("a1"), "shop")).isPresent();
        assertThat(begin(marks("b2"), "shop")).isEmpty();
    }

    @Test
    void aStartOfTheMachineForgetsTheMarks() {
        endTwice();
        assertThat(begin(marks("a1", "another-boot"), "shop")).isEmpty();
    }

    @Test
    void anOrderlyStopInTheMiddleOfAStartSaysNothingOfTheSite() {
        var first = marks("a1");
        assertThat(begin(first, "shop")).isEmpty();
        first.close();
        assertThat(begin(marks("a1"), "shop")).isEmpty();
    }

    @Test
    void otherSitesAreNotWatched() {
        assertThat(begin(marks("a1"), "foobar")).isEmpty();
        assertThat(begin(marks("a1"), "foobar")).isEmpty();
    }

    @Test
    void aStartThatWaitsForItsMigrationsIsNotMarked() {
        assertThat(marks("a1").refusal("shop")).isEmpty();
        assertThat(marks("a1").refusal("shop")).isEmpty();
    }

    private static Optional<Throwable> begin(StartMarks marks, String site) {
        var refusal = marks.refusal(site);
        if (refusal.isEmpty()) {
            marks.begun(site);
        }
        return refusal;
    }

    private void endTwice() {
        assertThat(begin(marks("a1"), "shop")).isEmpty();
        var second = marks("a1");
        clock.advance(Duration.ofSeconds(31));
        assertThat(begin(second, "shop")).isEmpty();
    }

    private StartMarks marks(String release) {
        return marks(release, "boot");
    }

    private StartMarks marks(String release, String boot) {
        return new StartMarks(folder.resolve("starting"), Map.of("shop", release, "blog", "c3"), boot, clock);
    }
}
