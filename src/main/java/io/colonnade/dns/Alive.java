package io.colonnade.dns;

import java.time.Duration;
import java.util.List;

/**
 * Who clients may be sent to.
 *
 * @param balancers empty if nobody has told an address yet
 * @param nameServers those that may be asked for names
 * @param ttl how long that may be held
 * @param panic whether no balancer is ready, and these are the last known ones
 */
record Alive(List<Target> balancers, List<Server> nameServers, Duration ttl, boolean panic) {
    static final Alive NOBODY = new Alive(List.of(), List.of(), Duration.ZERO, false);

    /** An IP address and its share. */
    record Target(String address, int weight) {}

    /** A member that answers names. */
    record Server(String name, List<String> addresses) {}
}
