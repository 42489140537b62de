package io.colonnade.store.topology;

import io.colonnade.store.server.Server;
import io.colonnade.store.topology.ProbeResult.Galera;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which server is written to. It promotes no server itself, but follows promotions made elsewhere:
 *
 * <ul>
 *   <li>In a Galera cluster, the first synced member in the configured order is written to, so that all lanes and nodes write to the
 *       same member and transactions of different members do not conflict. Donors come last.
 *   <li>Otherwise the writable server is written to. If two are writable, it is the one that was promoted last, that is, the one that
 *       became writable after it had been read-only: the other is a former primary that came back unaware of its successor.
 *   <li>A former primary is not written to again until it has been read-only once, or has every transaction of its successor.
 * </ul>
 *
 * <p>Used on one event loop.
 */
final class Election {
    private final Map<Server, Standing> standings = new HashMap<>();
    private @Nullable ProbeResult primary;
    private int promotions;

    /**
     * @param wasReadOnly at the last probe
     * @param promotion the number of the promotion that made the server writable; 0 if it always was
     * @param successor the position of the server that took over from it
     */
    private record Standing(boolean wasReadOnly, int promotion, @Nullable Position successor) {
        static final Standing NEW = new Standing(false, 0, null);
    }

    /**
     * The server to write to.
     *
     * @param results of all servers, in the configured order
     */
    Optional<ProbeResult> elect(List<ProbeResult> results) {
        results.stream().filter(ProbeResult::isUsable).forEach(this::note);
        var elected = elected(results.stream().filter(this::isEligible).toList());
        elected.ifPresent(this::follow);
        return elected;
    }

    private void note(ProbeResult result) {
        var before = standing(result);
        var after = result.readOnly()
                ? new Standing(true, before.promotion(), null)
                : before.wasReadOnly() ? new Standing(false, ++promotions, null) : before;
        standings.put(result.server(), after);
    }

    private boolean isEligible(ProbeResult result) {
        var successor = standing(result).successor();
        return result.isWritable() && (successor == null || result.position().reaches(successor));
    }

    private Optional<ProbeResult> elected(List<ProbeResult> eligible) {
        return eligible.stream()
                .filter(each -> each.galera() != Galera.NONE)
                .min(Comparator.comparing(ProbeResult::galera))
                .or(() -> eligible.stream().min(this::latestPromotionFirst));
    }

    private int latestPromotionFirst(ProbeResult one, ProbeResult other) {
        return Comparator.<ProbeResult>comparingInt(each -> -standing(each).promotion())
                .thenComparing(each -> !isPrimary(each))
                .compare(one, other);
    }

    /** Notes the new primary: the former one may have transactions that the new one never got. */
    private void follow(ProbeResult elected) {
        var former = primary;
        if (former != null && !isPrimary(elected) && elected.galera() == Galera.NONE) {
            var standing = standing(former);
            standings.put(
                    former.server(), new Standing(standing.wasReadOnly(), standing.promotion(), elected.position()));
        } else if (former != null && isPrimary(elected)) {
            standings.replaceAll((server, standing) -> standing.successor() == null
                    ? standing
                    : new Standing(standing.wasReadOnly(), standing.promotion(), elected.position()));
        }
        primary = elected;
    }

    private boolean isPrimary(ProbeResult result) {
        return primary != null && primary.server().equals(result.server());
    }

    private Standing standing(ProbeResult result) {
        return standings.getOrDefault(result.server(), Standing.NEW);
    }
}
