package io.colonnade.security;

/**
 * One end of a {@link Handshake}.
 *
 * @param cluster the name of its cluster; proofs of one cluster are worth nothing in another
 * @param protocol the version of what its nodes say to one another after the handshake
 * @param lowest the lowest protocol among the members of its cluster, its own included
 * @param highest the highest
 * @param joined whether it is a member of its cluster already, and not joining it itself
 */
public record Party(String cluster, Secrets secrets, int protocol, int lowest, int highest, boolean joined) {
    /** Nodes that are this far apart in {@link #protocol} still work together, so that a cluster can be upgraded node by node. */
    private static final int MOST_APART = 1;

    boolean understands(int other) {
        return highest - other <= MOST_APART && other - lowest <= MOST_APART;
    }
}
