package io.colonnade.store.galera;

import io.colonnade.core.Address;
import io.colonnade.core.PortRange;
import io.colonnade.store.galera.GaleraMember.Phase;
import io.colonnade.store.mariadb.ServerProcess;
import io.colonnade.store.server.Database;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node keeps on disk about its Galera server: its addresses, and the members that may have what the server has or more.
 *
 * <p>Those are the members of the last view in which the server could decide, as reported by the server itself: a member outside that view
 * cannot have more. A member that is about to join is added before it joins.
 */
final class MemberMemory {
    private final MemberDirectory directory;
    private final String node;
    private final PortRange ports;
    private MemberDirectory.Kept kept;

    MemberMemory(MemberDirectory directory, Database.Galera database) throws IOException {
        this.directory = directory;
        this.node = database.node();
        this.ports = database.ports();
        this.kept = directory.keptOrNew(database.address(), ports);
    }

    Address address() {
        return kept.address();
    }

    Address group() {
        return kept.group();
    }

    /** This node's report to the others. */
    GaleraMember member(Phase phase, GaleraState state) {
        return new GaleraMember(kept.identity(), node, address(), group(), phase, state, kept.known());
    }

    /** Takes other ports if another process has taken the server's, or the range is another. */
    void moveIfTaken() throws IOException {
        var fits = ports.has(address().port()) && ports.has(group().port());
        if (!fits || ServerProcess.accepts(address()) || ServerProcess.accepts(group())) {
            kept = directory.moved(kept, ports);
        }
    }

    /** Whether all members that may have more are among those that are present. */
    boolean knowsNoneBut(List<GaleraMember> present) {
        return present.stream()
                .map(GaleraMember::identity)
                .toList()
                .containsAll(kept.known().keySet());
    }

    /**
     * Notes that the server can decide, together with the members of its view: no other member has more, except one that is about to join.
     * If the cluster's record does not contain the whole view, because the nodes that held the record were lost, no member is forgotten.
     *
     * @param view the addresses of the members in the view
     * @param present the members whose nodes are present
     */
    void decides(List<Address> view, GaleraMembers members, List<GaleraMember> present) throws IOException {
        var known = about(present);
        var inView = members.all().stream()
                .filter(member -> view.contains(member.address()))
                .toList();
        inView.forEach(member -> known.put(member.identity(), member.node()));
        if (inView.size() < view.size()) {
            known.putAll(kept.known());
        }
        remember(known);
    }

    /** Notes that the server does not run: every present member that has data, or is about to get it, may have more. */
    void waits(List<GaleraMember> present) throws IOException {
        var known = about(present);
        known.putAll(kept.known());
        remember(known);
    }

    /** The present members that have data or are about to get it, this one included. */
    private Map<String, String> about(List<GaleraMember> present) {
        var known = new HashMap<>(Map.of(kept.identity(), node));
        present.stream()
                .filter(member ->
                        member.phase() != Phase.STOPPED || member.state().hasData())
                .forEach(member -> known.put(member.identity(), member.node()));
        return known;
    }

    private void remember(Map<String, String> known) throws IOException {
        if (!known.equals(kept.known())) {
            kept = directory.keep(kept.with(known));
        }
    }
}
