package io.colonnade.app;

import io.colonnade.core.Exchange;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request as the lane sees it: it runs the site's handlers on the site's context, so that the site's classes are found
 * there, and tells the lane's watch whose code runs.
 */
final class SiteCall implements LaneWatch.Work {
    private final String site;
    private final Exchange exchange;
    private final ContextInternal context;
    private final LaneWatch watch;
    private @Nullable String route;

    /**
     * @param site the site's name
     * @param context the request's own, a duplicate of the site's
     */
    SiteCall(String site, Exchange exchange, ContextInternal context, LaneWatch watch) {
        this.site = site;
        this.exchange = exchange;
        this.context = context;
        this.watch = watch;
    }

    Exchange exchange() {
        return exchange;
    }

    /** Notes the route that the site's router has found. */
    void routed(String name) {
        route = name;
    }

    /** The site's name, the method, and the route as far as it is known, such as {@code foobar: GET /api/messages}. */
    @Override
    public String what() {
        var request = exchange.request();
        return site + ": " + request.method() + " " + (route == null ? request.path() : route);
    }

    /** Runs one of the site's handlers on the site's context. */
    <T> void run(@Nullable T event, Handler<T> handler) {
        var before = watch.enter(this);
        try {
            context.dispatch(event, handler);
        } finally {
            watch.leave(before);
        }
    }

    /** Whether the caller is on the lane's event loop. */
    boolean isOnLoop() {
        return context.inThread();
    }

    /** Runs a step on the lane's event loop; at once if the caller is on it. */
    void onLoop(Runnable step) {
        if (context.inThread()) {
            step.run();
        } else {
            context.execute(step);
        }
    }

    /** Runs a step on the lane's event loop, in its order among what other threads ask for. An exception fails the future. */
    <T> Future<T> whenOnLoop(Supplier<Future<T>> step) {
        var done = Promise.<T>promise();
        onLoop(() -> complete(step, done));
        return done.future();
    }

    /** As {@link #whenOnLoop}, but a step of a caller who is on the loop is the caller's own: its exception is thrown. */
    <T> Future<T> byLoop(Supplier<Future<T>> step) {
        return isOnLoop() ? step.get() : whenOnLoop(step);
    }

    /** Completes the promise as the step does; an exception fails it. */
    static <T> void complete(Supplier<Future<T>> step, Promise<T> done) {
        try {
            step.get().onComplete(done);
        } catch (RuntimeException refused) {
            done.fail(refused);
        }
    }

    /** Wraps a handler of the site, so that it runs on the site's context, on whichever context it is called. */
    <T> @Nullable Handler<T> onSite(@Nullable Handler<T> handler) {
        return handler == null ? null : event -> run(event, handler);
    }

    /** The future, completed on the site's context. */
    <T> Future<T> onSite(Future<T> future) {
        var promise = context.<T>promise();
        future.onComplete(promise);
        return promise.future();
    }
}
