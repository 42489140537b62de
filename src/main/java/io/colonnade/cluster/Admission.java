package io.colonnade.cluster;

import io.colonnade.core.Address;
import io.colonnade.security.Refusal;
import io.colonnade.security.Refusal.Reason;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;

/**
 * Decides whether a node that others refused while it joined may go on.
 *
 * <p>The node may not go on if a member of the cluster refused it: it would run a second cluster of the same name beside the
 * first. If those that refused it were still joining themselves, it may go on as long as it has found other members: then the
 * refusing nodes are in the wrong. Users who gave no secret are strangers to one another, and each may have a cluster of their
 * own.
 */
final class Admission {
    private static final Logger log = ClusterLog.LOGGER;

    private final LocalNode self;
    private final boolean personal;
    private volatile boolean granted;
    private volatile Runnable onDenied = () -> {};
    private final Map<String, Refusal> refusals = new ConcurrentSkipListMap<>();

    /** @param personal whether this node has only its user's own secret */
    Admission(LocalNode self, boolean personal) {
        this.self = self;
        this.personal = personal;
    }

    /** Sets the action that runs as soon as it is certain that this node may not go on. */
    void onDenied(Runnable action) {
        onDenied = action;
    }

    void refusedBy(Address peer, Refusal refusal) {
        if (refusal.reason() == Reason.OTHER_CLUSTER) {
            return;
        }
        var first = refusals.put(peer.toString(), refusal) == null;
        if (!granted && denies(refusal)) {
            onDenied.run();
        } else if (first) {
            logRefusal(peer, refusal);
        }
    }

    private void logRefusal(Address peer, Refusal refusal) {
        if (areStrangers(refusal)) {
            log.info("the cluster {} at {} belongs to another user", self.cluster(), peer);
        } else if (granted) {
            log.warn("{}", inWords(peer.toString(), refusal));
        }
    }

    /**
     * Checks the refusals; to be called when the node has joined.
     *
     * @param alone whether the node has found no other member
     * @throws ClusterException if the node may not go on
     */
    void requireGranted(boolean alone) {
        refusals.forEach((peer, refusal) -> {
            if (denies(refusal) || (alone && !areStrangers(refusal))) {
                throw new ClusterException(inWords(peer, refusal));
            }
        });
        granted = true;
    }

    /** Whether a member of the cluster refuses this node. */
    boolean denies(Refusal refusal) {
        return refusal.joined() && refusal.reason() != Reason.OTHER_CLUSTER && !areStrangers(refusal);
    }

    private boolean areStrangers(Refusal refusal) {
        return refusal.reason() == Reason.OTHER_SECRET && refusal.personal() && personal;
    }

    private String inWords(String peer, Refusal refusal) {
        var start = "the cluster " + self.cluster() + " at " + peer + " does not let this node in: ";
        return switch (refusal.reason()) {
            case OTHER_SECRET ->
                start + (personal ? "it has a secret" : "it has another secret")
                        + "; give this node the same with --secret-file FILE, or choose another cluster with --cluster";
            case OTHER_PROTOCOL ->
                start + "its nodes speak protocol " + range(refusal) + " and this one " + self.protocol()
                        + "; versions may differ by one, so upgrade through those between";
            case OTHER_HANDSHAKE, NO_NODE, OTHER_CLUSTER ->
                start + "its version is too far from this one's; upgrade through those between";
        };
    }

    private static String range(Refusal refusal) {
        return refusal.lowest() == refusal.highest()
                ? Integer.toString(refusal.lowest())
                : refusal.lowest() + " to " + refusal.highest();
    }
}
