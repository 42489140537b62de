package io.colonnade.cluster;

import io.colonnade.core.NodeId;
import io.colonnade.core.Role;
import java.util.Map;

/**
 * How busy a member is, as its last beat said.
 *
 * @param served exchanges that its application tier, or its web tier with a file, has answered since it started
 * @param inFlight exchanges that its application tier is answering
 * @param requests that its balancer has taken since it started
 * @param errors how many of these were answered with a status of 500 or more, or broken off
 * @param selected exchanges in flight for which this member selected another member or itself, by the tier selected for
 */
public record Load(long served, int inFlight, long requests, long errors, Map<Role, Map<NodeId, Integer>> selected) {
    public static final Load NONE = new Load(0, 0, 0, 0, Map.of());
}
