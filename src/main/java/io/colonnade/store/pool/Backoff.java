package io.colonnade.store.pool;

/**
 * Pauses that double after each failure, up to the longest.
 *
 * @param firstMillis the pause after the first failure
 */
record Backoff(long firstMillis, long longestMillis) {
    private static final int MOST_DOUBLINGS = 10;

    /** The pause after so many failures, of which there is at least one. */
    long millisAfter(int failures) {
        return Math.min(longestMillis, firstMillis << Math.min(failures - 1, MOST_DOUBLINGS));
    }
}
