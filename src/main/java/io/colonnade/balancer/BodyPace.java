package io.colonnade.balancer;

import java.util.concurrent.TimeUnit;

/**
 * Whether the body of a request arrives fast enough: some time is free, and each second besides takes the bytes of a second at the least
 * rate. Time in which nobody would read the body does not count.
 */
final class BodyPace {
    /** What is free for a request that is being answered. */
    static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final long grace;
    private long checked;
    private long waited;

    /** @param grace nanoseconds that are free */
    BodyPace(long grace) {
        this.grace = grace;
    }

    /** A request begins. */
    void begin(long now) {
        checked = now;
        waited = 0;
    }

    /**
     * Called several times a second as long as the body is not whole.
     *
     * @param awaited whether more would be read if it came
     * @param bytes of the body that have arrived
     * @param leastRate bytes in a second; 0 for none
     */
    boolean isTooSlow(long now, boolean awaited, long bytes, long leastRate) {
        waited += awaited ? now - checked : 0;
        checked = now;
        return leastRate > 0 && (waited - grace) / TimeUnit.SECONDS.toNanos(1) * leastRate > bytes;
    }
}
