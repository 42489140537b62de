package io.colonnade.app;

import io.colonnade.app.code.SiteClassLoader;
import io.vertx.core.impl.VertxThread;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a lane's event loop is doing. The loop itself reports it; any thread may read it. */
final class LaneWatch {
    private static final int MOST_NAMED = 3;
    private static final String BUNDLED = "io.colonnade.foobar.";

    private final Thread loop;
    private final LongSupplier busySince;
    private final Set<Work> inFlight = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Work running;

    /** What a site is asked to do. */
    interface Work {
        /** The site and what of it, in a few words. */
        String what();
    }

    /** @param busySince the time in nanoseconds at which the loop began its present task; 0 if it waits for work */
    LaneWatch(Thread loop, LongSupplier busySince) {
        this.loop = loop;
        this.busySince = busySince;
    }

    static LaneWatch ofThisThread() {
        var loop = (VertxThread) Thread.currentThread();
        return new LaneWatch(loop, loop::startTime);
    }

    /** Reports that a site's code runs from now on. Returns what ran until now, which the caller passes to {@link #leave}. */
    @Nullable
    Work enter(Work work) {
        var before = running;
        running = work;
        return before;
    }

    void leave(@Nullable Work before) {
        running = before;
    }

    long busySince() {
        return busySince.getAsLong();
    }

    void began(Work work) {
        inFlight.add(work);
    }

    void ended(Work work) {
        inFlight.remove(work);
    }

    /**
     * The site and the route whose code runs. If the code runs after a query or a timer, the route is not known: then it is
     * the class and line of the site, and the routes in flight. Empty if no site's code runs.
     */
    Optional<String> culprit() {
        var work = running;
        return work == null ? siteFrame().map(this::atFrame) : Optional.of("site " + work.what());
    }

    String stack() {
        return Arrays.stream(loop.getStackTrace())
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining());
    }

    private Optional<StackTraceElement> siteFrame() {
        return Arrays.stream(loop.getStackTrace())
                .filter(frame -> SiteClassLoader.isSites(frame.getClassLoaderName())
                        || frame.getClassName().startsWith(BUNDLED))
                .findFirst();
    }

    private String atFrame(StackTraceElement frame) {
        var requests =
                inFlight.stream().map(Work::what).distinct().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return (SiteClassLoader.isSites(frame.getClassLoaderName()) ? frame.getClassLoaderName() : "the bundled site")
                + ", at " + frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber()
                + (requests.isEmpty() ? ", outside of a request," : ", with " + requests + " in flight,");
    }
}
