package io.colonnade.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Failure;
import io.colonnade.core.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartMarksTest {
    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();

    @Test
    void aSiteWhoseStartCameToAnEndMayStartAgain() {
        var first = marks("a1");
        assertThat(first.begin("shop")).isEmpty();
        assertThat(first.begin("shop")).isEmpty();
        first.ended("shop");
        assertThat(marks("a1").begin("shop")).isEmpty();
    }

    @Test
    void theSiteAtWhichTheNodeEndedIsHeldBackUntilTheOthersHaveStarted() {
        assertThat(marks("a1").begin("shop")).isEmpty();
        var second = marks("a1");
        assertThat(second.begin("blog")).isEmpty();
        assertThat(second.begin("shop")).hasValueSatisfying(refusal -> assertThat(refusal)
                .isNotInstanceOf(Failure.class)
                .hasMessageStartingWith("this node ended while it started this release of the site shop"));
        second.ended("shop"); // a refusal is no start
        clock.advance(Duration.ofSeconds(31));
        assertThat(second.begin("shop")).isEmpty();
        second.ended("shop");
        assertThat(marks("a1").begin("shop")).isEmpty();
    }

    @Test
    void theSiteAtWhichTheNodeEndedTwiceIsLeftOutUntilItsJarIsAnother() {
        endTwice();
        var third = marks("a1");
        clock.advance(Duration.ofHours(1));
        assertThat(third.begin("shop")).hasValueSatisfying(refusal -> assertThat(refusal)
                .isInstanceOf(Failure.class)
                .hasMessageContaining("this node ended twice while it started this release of the site shop"));
        third.ended("shop");
        assertThat(marks("a1").begin("shop")).isPresent();
        assertThat(marks("b2").begin("shop")).isEmpty();
    }

    @Test
    void aStartOfTheMachineForgetsTheMarks() {
        endTwice();
        assertThat(marks("a1", "another-boot").begin("shop")).isEmpty();
    }

    @Test
    void anOrderlyStopInTheMiddleOfAStartSaysNothingOfTheSite() {
        var first = marks("a1");
        assertThat(first.begin("shop")).isEmpty();
        first.close();
        assertThat(marks("a1").begin("shop")).isEmpty();
    }

    @Test
    void otherSitesAreNotWatched() {
        assertThat(marks("a1").begin("foobar")).isEmpty();
        assertThat(marks("a1").begin("foobar")).isEmpty();
    }

    private void endTwice() {
        assertThat(marks("a1").begin("shop")).isEmpty();
        var second = marks("a1");
        clock.advance(Duration.ofSeconds(31));
        assertThat(second.begin("shop")).isEmpty();
    }

    private StartMarks marks(String release) {
        return marks(release, "boot");
    }

    private StartMarks marks(String release, String boot) {
        return new StartMarks(folder.resolve("starting"), Map.of("shop", release, "blog", "c3"), boot, clock);
    }
}
