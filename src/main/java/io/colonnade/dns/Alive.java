package io.colonnade.dns;

import java.time.Duration;
import java.util.List;

/**
 * The members that answers may name, at one moment.
 *
 * @param balancers the addresses of balancers; empty if no member has told one yet
 * @param nameServers the members that run a name server
 * @param ttl how long resolvers may hold the addresses of balancers
 * @param panic whether no balancer is ready, so that these are the last known ones
 */
record Alive(List<Target> balancers, List<Server> nameServers, Duration ttl, boolean panic) {
    static final Alive NOBODY = new Alive(List.of(), List.of(), Duration.ZERO, false);

    /** An IP address and its weight among the others. */
    record Target(String address, int weight) {}

    /** A member that runs a name server. */
    record Server(String name, List<String> addresses) {}
}
