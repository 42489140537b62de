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
 * Says which server is written to. It promotes none, but follows whoever does:
 *
 * <ul>
 *   <li>Of a Galera cluster, the first synced member in the configured order, so that all lanes and nodes write to the same
 *       one, and transactions of different members do not meet; donors come last.
 *   <li>Else the writable server. If two are, the one that was promoted last, which is, was seen to become writable after it
 *       had been read-only: the other is a former primary that came back without knowing.
 *   <li>A former primary is not written to again until it was read-only for once, or has all that its successor had.
 * </ul>
 *
 * <p>Used on one event loop.
 */
final class Election {
    private final Map<Server, Standing> standings = new HashMap<>();
    private @Nullable ProbeResult primary;
    private int promotions;

    /**
     * @param wasReadOnly when it was seen last
     * @param promotion which one made it writable; 0 if it always was
     * @param successor what the server had that took over from it
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
        return result.isWritable()
                && (successor == null || result.position().reaches(successor));
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

    /** Whoever was written to until now may have transactions that the new one never got. */
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
