package io.colonnade.site;

/**
 * When a transaction is run again.
 *
 * @param attempts runs in all, 1 to 20. Default 5
 * @param idempotent whether it may also be run again if the database was lost during the commit, so that nobody knows
 *     whether that took place. Say so only if the transaction stores an idempotency key of the request under a unique index:
 *     the second run then fails on it, and the first one's result can be looked up. Default false
 */
public record TransactionOptions(int attempts, boolean idempotent) {
    public static final TransactionOptions DEFAULTS = new TransactionOptions(5, false);

    public TransactionOptions {
        if (attempts < 1 || attempts > 20) {
            throw new IllegalArgumentException("attempts is " + attempts + "; allowed is 1 to 20");
        }
    }

    /** The same, for a transaction that may or may not store an idempotency key. */
    public TransactionOptions idempotent(boolean storesKey) {
        return new TransactionOptions(attempts, storesKey);
    }
}
