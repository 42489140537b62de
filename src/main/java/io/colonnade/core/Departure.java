package io.colonnade.core;

import org.jspecify.annotations.Nullable;

/** When one conversation is to leave a draining node; used by one thread. */
final class Departure {
    private @Nullable DrainWindow window;
    private long point;

    /**
     * Whether it is time to go.
     *
     * @param current the node's present drain, null while it does not drain
     */
    boolean isDue(@Nullable DrainWindow current, long now) {
        if (current == null) {
            window = null;
            return false;
        }
        if (!current.equals(window)) {
            window = current;
            point = current.pointAfter(now);
        }
        return now - point >= 0;
    }
}
