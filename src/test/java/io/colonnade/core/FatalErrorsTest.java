package io.colonnade.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FatalErrorsTest {
    private final List<String> ends = new ArrayList<>();

    @BeforeEach
    void notes() {
        FatalErrors.endBy(ends::add);
    }

    @AfterEach
    void endsNothing() {
        FatalErrors.endBy(why -> {});
    }

    @Test
    void endsTheProcessIfThereIsNoMemory() {
        FatalErrors.report(new OutOfMemoryError("Java heap space"));
        assertThat(ends).hasSize(1);
        assertThat(ends.get(0)).contains("Java heap space").contains("-Xmx");
    }

    @Test
    void looksForTheCause() {
        FatalErrors.report(new IllegalStateException(new RuntimeException(new OutOfMemoryError("Metaspace"))));
        assertThat(ends).hasSize(1);
    }

    @Test
    void leavesWhatAProcessCanLiveWith() {
        FatalErrors.report(null);
        FatalErrors.report(new StackOverflowError());
        FatalErrors.report(new NoClassDefFoundError("a/B"));
        FatalErrors.report(new IllegalStateException("a defect"));
        assertThat(ends).isEmpty();
    }

    @Test
    void hearsOfWhatIsLoggedAnywhereAtAnyLevel() {
        var log = LoggerFactory.getLogger("io.netty.some.Class");
        log.debug("caught", new OutOfMemoryError("one"));
        log.warn("caught at {} by {}", 1, 2, new OutOfMemoryError("two"));
        assertThat(ends).hasSize(2);
    }
}
