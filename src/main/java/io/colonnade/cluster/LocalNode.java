package io.colonnade.cluster;

import io.colonnade.core.Address;
import io.colonnade.core.Role;
import java.util.List;
import java.util.Set;

/**
 * What is fixed about this node when it starts.
 *
 * @param name readable and unique in the cluster
 * @param cluster the name of the cluster; nodes of clusters with different names ignore one another
 * @param roles what it runs
 * @param weight its share under weighted round-robin until the share is changed; at least 0
 * @param lanes how many lanes it has
 * @param version of its software
 * @param protocol the newest that it speaks; see {@link io.colonnade.core.Protocol}
 * @param bind the address that cluster traffic is bound to and announced with
 * @param port the port of cluster traffic; 0 for the first free one of the range {@link ClusterConfig#firstPort()}
 * @param join where other members may be, besides the range of ports on {@code bind}, and if {@code port} is given the ports
 *     next to it
 * @param mayFound whether it may found the cluster if it finds no member; a node that may not waits for one
 */
public record LocalNode(
        String name,
        String cluster,
        Set<Role> roles,
        int weight,
        int lanes,
        String version,
        int protocol,
        String bind,
        int port,
        List<Address> join,
        boolean mayFound) {}
