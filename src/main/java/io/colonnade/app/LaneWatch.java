package io.colonnade.app;

import io.vertx.core.impl.VertxThread;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a lane's event loop is doing; told by that loop, read on any thread. */
final class LaneWatch {
    private static final String BUNDLED = "io.colonnade.foobar.";

    private final Thread loop;
    private final LongSupplier busySince;
    private volatile @Nullable SiteRequest running;

    /** @param busySince the nanoseconds at which the loop began what it does; 0 if it waits for work */
    LaneWatch(Thread loop, LongSupplier busySince) {
        this.loop = loop;
        this.busySince = busySince;
    }

    static LaneWatch ofThisThread() {
        var loop = (VertxThread) Thread.currentThread();
        return new LaneWatch(loop, loop::startTime);
    }

    /** Says that code of a site runs from now on; gives what ran until then, for {@link #leave}. */
    @Nullable
    SiteRequest enter(SiteRequest request) {
        var before = running;
        running = request;
        return before;
    }

    void leave(@Nullable SiteRequest before) {
        running = before;
    }

    long busySince() {
        return busySince.getAsLong();
    }

    /**
     * The site and route whose code runs, or the place in a site's code if that runs outside of a request, in a timer or at
     * the end of a query; empty if no site's code runs.
     */
    Optional<String> culprit() {
        var request = running;
        return request == null ? siteFrame() : Optional.of("site " + request.what());
    }

    String stack() {
        return Arrays.stream(loop.getStackTrace())
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining());
    }

    private Optional<String> siteFrame() {
        return Arrays.stream(loop.getStackTrace())
                .filter(frame -> SiteClassLoader.isSites(frame.getClassLoaderName())
                        || frame.getClassName().startsWith(BUNDLED))
                .findFirst()
                .map(frame -> "site code at " + frame);
    }
}
