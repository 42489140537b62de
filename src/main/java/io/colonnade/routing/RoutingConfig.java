package io.colonnade.routing;

import java.time.Duration;

/**
 * How members are selected, whatever the policy.
 *
 * @param slowStart how long a member that has become ready takes to get its whole share; 0 for at once, at most 1 h. The term is
 *     HAProxy's. Example: after 3 s of 10 s it counts as 0.3 of a member. Default 10 s
 */
public record RoutingConfig(Duration slowStart) {
    public static final RoutingConfig DEFAULTS = new RoutingConfig(Duration.ofSeconds(10));

    public RoutingConfig {
        if (slowStart.isNegative() || slowStart.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("slow-start is " + slowStart.toMillis() + " ms; allowed is 0s to 1h");
        }
    }
}
