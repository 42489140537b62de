package io.colonnade.node.settings;

import java.time.Duration;

/**
 * What a node does before it is ready.
 *
 * @param timeLimit how long the node requests the warm-up paths of its sites from itself; a tenth of that if no other member is
 *     ready, because no node would answer meanwhile; 0 for no warm-up, at most 1 minute. Default 2 s
 */
public record WarmUpConfig(Duration timeLimit) {
    public static final WarmUpConfig DEFAULTS = new WarmUpConfig(Duration.ofSeconds(2));

    public WarmUpConfig {
        if (timeLimit.isNegative() || timeLimit.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("time-limit is " + timeLimit.toMillis() + " ms; allowed is 0s to 1m");
        }
    }
}
