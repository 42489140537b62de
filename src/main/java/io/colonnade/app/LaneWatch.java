package io.colonnade.app;

import io.vertx.core.impl.VertxThread;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a lane's event loop is doing; told by that loop, read on any thread. */
final class LaneWatch {
    private static final int MOST_NAMED = 3;
    private static final String BUNDLED = "io.colonnade.foobar.";

    private final Thread loop;
    private final LongSupplier busySince;
    private final Set<SiteRequest> inFlight = ConcurrentHashMap.newKeySet();
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

    void began(SiteRequest request) {
        inFlight.add(request);
    }

    void ended(SiteRequest request) {
        inFlight.remove(request);
    }

    /**
     * The site and route whose code runs; or, if that is what follows a query or a timer, the site's class and line and the
     * routes in flight; empty if no site's code runs.
     */
    Optional<String> culprit() {
        var request = running;
        return request == null ? siteFrame().map(this::atFrame) : Optional.of("site " + request.what());
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
        var requests = inFlight.stream().map(SiteRequest::what).distinct().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return (SiteClassLoader.isSites(frame.getClassLoaderName()) ? frame.getClassLoaderName() : "the bundled site")
                + ", at " + frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber()
                + (requests.isEmpty() ? ", outside of a request," : ", with " + requests + " in flight,");
    }
}
