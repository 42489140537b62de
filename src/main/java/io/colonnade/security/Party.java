package io.colonnade.security;

import io.colonnade.core.Protocol;

/**
 * One end of a {@link Handshake}.
 *
 * @param cluster the name of its cluster; proofs of one cluster are worth nothing in another
 * @param protocol the version of what its nodes say to one another after the handshake
 * @param lowest the lowest protocol among the members of its cluster, its own included
 * @param highest the highest protocol among them
 * @param joined whether it is a member of its cluster already, and not still joining
 */
public record Party(String cluster, Secrets secrets, int protocol, int lowest, int highest, boolean joined) {
    boolean understands(int other) {
        return Protocol.workTogether(lowest, other) && Protocol.workTogether(highest, other);
    }
}
