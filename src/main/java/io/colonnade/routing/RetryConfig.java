package io.colonnade.routing;

/**
 * How much may be tried again, so that retries never multiply an overload. The budget is Finagle's {@code RetryBudget}.
 *
 * @param attempts how often one exchange is tried in all, not counting members that were lost before any of it left for them; 1
 *     turns retries off. Default 3
 * @param percent how many retries each 100 requests of the last 10 s allow. Default 20
 * @param perSecond how many more retries each second of the last 10 s allows, on each lane. Default 10
 */
public record RetryConfig(int attempts, int percent, int perSecond) {
    public static final RetryConfig DEFAULTS = new RetryConfig(3, 20, 10);

    public RetryConfig {
        check("attempts", attempts, 1, 10);
        check("percent", percent, 0, 100);
        check("per-second", perSecond, 0, 1000);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed is " + least + " to " + most);
        }
    }
}
