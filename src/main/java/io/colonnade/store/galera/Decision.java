package io.colonnade.store.galera;

import io.colonnade.store.galera.GaleraMember.Phase;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a node does with its stopped Galera server. Two nodes never begin a cluster, and a node whose data may lack what another has never
 * begins one:
 *
 * <ul>
 *   <li>While some member is in a cluster that can decide, the others join that cluster.
 *   <li>Otherwise the member that left last begins, which Galera notes in {@code safe_to_bootstrap}: no other has more data.
 *   <li>Otherwise, once every member that may have more data has reported its position, the most advanced one begins; of equals, the one
 *       with the lowest identity. A server that runs without the majority has no such position, and is waited for.
 *   <li>A new cluster begins once as many nodes are present as the settings ask for.
 * </ul>
 *
 * @param what the node does
 * @param reason why it waits or refuses, as text for people
 */
record Decision(What what, String reason) {
    enum What {
        BEGIN,
        JOIN,
        WAIT,
        /** Joining would replace this node's data, which is of another cluster. */
        REFUSE
    }

    private static final Comparator<GaleraMember> IDENTITY = Comparator.comparing(GaleraMember::identity);
    private static final Comparator<GaleraMember> ADVANCE = Comparator.<GaleraMember>comparingLong(
                    member -> member.state().seqno())
            .reversed()
            .thenComparing(IDENTITY);

    /**
     * Decides for a member that is stopped.
     *
     * @param self the member's own report
     * @param present the reports of all members whose nodes are present, itself included
     * @param founders how many nodes a new cluster needs
     */
    static Decision of(GaleraMember self, List<GaleraMember> present, int founders) {
        var others = present.stream()
                .filter(member -> !member.identity().equals(self.identity()))
                .toList();
        var strangers =
                others.stream().filter(other -> isOfAnotherCluster(other, self)).toList();
        if (!strangers.isEmpty()) {
            return new Decision(What.REFUSE, "the data here is of another Galera cluster than " + at(strangers));
        }
        if (others.stream().anyMatch(other -> other.phase() == Phase.PRIMARY)) {
            return new Decision(What.JOIN, "");
        }
        var started =
                others.stream().filter(other -> other.phase() == Phase.STARTED).toList();
        return started.isEmpty() ? ofStopped(self, present, founders) : waiting("for the server " + at(started));
    }

    private static boolean isOfAnotherCluster(GaleraMember other, GaleraMember self) {
        return self.state().hasData()
                && other.state().hasData()
                && !other.state().cluster().equals(self.state().cluster());
    }

    private static Decision ofStopped(GaleraMember self, List<GaleraMember> present, int founders) {
        var last = present.stream().filter(member -> member.state().safe()).min(ADVANCE);
        if (last.isPresent()) {
            return begins(last.get(), self);
        }
        var missing = new TreeMap<String, String>();
        present.forEach(member -> missing.putAll(member.known()));
        present.forEach(member -> missing.remove(member.identity()));
        if (!missing.isEmpty()) {
            return waiting("for the server on " + String.join(", ", missing.values())
                    + ", which may have what nobody else has; if it is lost for good: database bootstrap");
        }
        var unknown =
                present.stream().filter(member -> !member.state().isKnown()).toList();
        if (!unknown.isEmpty()) {
            return waiting("as nobody knows how far the data is " + at(unknown)
                    + "; to go on with the data of a node that you choose: database bootstrap");
        }
        var withData =
                present.stream().filter(member -> member.state().hasData()).min(ADVANCE);
        return withData.isPresent() ? begins(withData.get(), self) : founded(self, present, founders);
    }

    private static Decision founded(GaleraMember self, List<GaleraMember> present, int founders) {
        return present.size() < founders
                ? waiting("for " + founders + " nodes with the role db to begin with (store.galera-members); here are "
                        + present.size() + ": "
                        + present.stream().map(GaleraMember::node).collect(Collectors.joining(", ")))
                : begins(present.stream().min(IDENTITY).orElseThrow(), self);
    }

    private static Decision begins(GaleraMember first, GaleraMember self) {
        return first.identity().equals(self.identity())
                ? new Decision(What.BEGIN, "")
                : waiting("for the server on " + first.node() + ", which begins");
    }

    private static Decision waiting(String reason) {
        return new Decision(What.WAIT, "waiting " + reason);
    }

    private static String at(List<GaleraMember> members) {
        return "on " + members.stream().map(GaleraMember::node).collect(Collectors.joining(", "));
    }
}
