package io.colonnade.site;

/**
 * Says when a transaction runs again.
 *
 * @param attempts the number of runs, at most, with the first one; 1 to 20. Default 5
 * @param idempotent whether the transaction may also run again if the server was lost during the commit, so that it is not known
 *     whether the commit took place. Set this only if the transaction stores an idempotency key of the request under a unique
 *     index: then the second run fails at that key, and the result of the first can be looked up. Default false
 */
public record TransactionOptions(int attempts, boolean idempotent) {
    public static final TransactionOptions DEFAULTS = new TransactionOptions(5, false);

    public TransactionOptions {
        if (attempts < 1 || attempts > 20) {
            throw new IllegalArgumentException("attempts is " + attempts + "; allowed is 1 to 20");
        }
    }

    /** The same options, with another value for {@link #idempotent()}: whether the transaction stores an idempotency key. */
    public TransactionOptions idempotent(boolean storesKey) {
        return new TransactionOptions(attempts, storesKey);
    }
}
