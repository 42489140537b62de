package io.colonnade.cluster;

import java.time.Duration;

/**
 * How members find and watch one another.
 *
 * @param firstPort the first port that is tried for cluster traffic, and that is searched for other members. Default 5701
 * @param portRange how many ports that is, from the first on; 1 to 100. Default 20
 * @param beatInterval the time between two beats of a member; 50 ms to 10 s. Default 250 ms
 * @param silentAfter a member counts as silent when no beat of it arrived for so long; at least three beat intervals; noticed
 *     up to a beat interval later. Hazelcast is told then to remove it. Default 2500 ms
 * @param lostAfter Hazelcast's own limit for a member that answers nothing any more; whole seconds, 2 s to 300 s. A silent
 *     member is removed before that, and one whose process dies at once. Default 5 s
 * @param mapTimeLimit the time limit of an operation on a {@link SharedMap}; 10 ms to 1 minute. Default 500 ms
 * @param leaveTimeLimit how long a leaving member may hand over its share of the maps; whole seconds, 1 s to 600 s. Default 5 s
 */
public record ClusterConfig(
        int firstPort,
        int portRange,
        Duration beatInterval,
        Duration silentAfter,
        Duration lostAfter,
        Duration mapTimeLimit,
        Duration leaveTimeLimit) {

    public static final ClusterConfig DEFAULTS = new ClusterConfig(
            5701,
            20,
            Duration.ofMillis(250),
            Duration.ofMillis(2500),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofSeconds(5));

    public ClusterConfig {
        require(portRange >= 1 && portRange <= 100, "port-range is " + portRange + "; allowed is 1 to 100");
        require(
                firstPort >= 1 && firstPort + portRange <= 65536,
                "first-port is " + firstPort + "; allowed is 1 to " + (65536 - portRange) + " with a port-range of "
                        + portRange);
        within("beat-interval", beatInterval, Duration.ofMillis(50), Duration.ofSeconds(10));
        within("silent-after", silentAfter, beatInterval.multipliedBy(3), Duration.ofHours(1));
        within("lost-after", lostAfter, Duration.ofSeconds(2), Duration.ofSeconds(300));
        within("map-time-limit", mapTimeLimit, Duration.ofMillis(10), Duration.ofMinutes(1));
        within("leave-time-limit", leaveTimeLimit, Duration.ofSeconds(1), Duration.ofSeconds(600));
    }

    private static void within(String key, Duration value, Duration least, Duration most) {
        require(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                key + " is " + value.toMillis() + " ms; allowed is " + least.toMillis() + " ms to " + most.toMillis()
                        + " ms");
    }

    private static void require(boolean allowed, String message) {
        if (!allowed) {
            throw new IllegalArgumentException(message);
        }
    }
}
