package io.colonnade.store.galera;

import io.colonnade.core.Address;
import io.colonnade.store.galera.GaleraMember.Phase;
import io.colonnade.store.mariadb.ServerProcess;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node keeps on disk of its Galera server: where that listens, and who may have what it has or more.
 *
 * <p>Those are the members of the last view in which the server could decide, as the server itself tells them: who is not in it
 * cannot have more. Whoever is about to join is added before it does.
 */
final class MemberMemory {
    private final MemberDirectory directory;
    private final String node;
    private MemberDirectory.Kept kept;

    /** @param host at which the server listens */
    MemberMemory(MemberDirectory directory, String node, String host) throws IOException {
        this.directory = directory;
        this.node = node;
        this.kept = directory.keptOrNew(host);
    }

    Address address() {
        return kept.address();
    }

    Address group() {
        return kept.group();
    }

    /** What this node tells the others. */
    GaleraMember member(Phase phase, GaleraState state) {
        return new GaleraMember(kept.identity(), node, address(), group(), phase, state, kept.known());
    }

    /** Takes other ports if some other process has taken the server's. */
    void moveIfTaken() throws IOException {
        if (ServerProcess.accepts(address()) || ServerProcess.accepts(group())) {
            kept = directory.moved(kept);
        }
    }

    /** Whether the nodes of all that may have more are among those that tell what they have. */
    boolean knowsNoneBut(List<GaleraMember> present) {
        return present.stream()
                .map(GaleraMember::identity)
                .toList()
                .containsAll(kept.known().keySet());
    }

    /**
     * The server can decide, together with those in its view: nobody else has more, but who is about to join. While the
     * cluster does not know them all, as it has lost its record with the nodes that held it, nobody is forgotten.
     *
     * @param view their addresses
     * @param present those whose nodes are here
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

    /** The server does not run: whoever is here and has data, or is about to get it, may have more than it as well. */
    void waits(List<GaleraMember> present) throws IOException {
        var known = about(present);
        known.putAll(kept.known());
        remember(known);
    }

    /** Those that have data or are about to get it, this one among them. */
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
