package io.colonnade.cluster;

import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.security.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** Logs which end was not let in and why: at most one line a minute for each host, however often it tries. */
final class RefusalLog {
    private static final Logger log = ClusterLog.LOGGER;
    private static final long INTERVAL = Duration.ofMinutes(1).toNanos();
    private static final int HOSTS = 1000;

    private final Clock clock;
    private final Map<String, Long> lastLogged = new LinkedHashMap<>();

    RefusalLog(Clock clock) {
        this.clock = clock;
    }

    void refused(Address peer, Refusal refusal) {
        switch (refusal.reason()) {
            case NO_NODE -> say(Level.WARN, peer, "it is no node of Colonnade");
            case OTHER_HANDSHAKE -> say(Level.WARN, peer, "its version is too far from this node's");
            case OTHER_PROTOCOL -> say(Level.WARN, peer, "its protocol is more than one version away from a member's");
            case OTHER_SECRET ->
                say(refusal.personal() ? Level.INFO : Level.WARN, peer, "it does not have the secret of this cluster");
            case OTHER_CLUSTER -> log.debug("{} is of another cluster", peer);
        }
    }

    void broken(Address peer, IOException cause) {
        say(Level.WARN, peer, "it does not finish the handshake (" + cause.getMessage() + ")");
    }

    private void say(Level level, Address peer, String why) {
        if (isDue(peer.host())) {
            log.atLevel(level).log("{} is not let in: {}", peer, why);
        }
    }

    private synchronized boolean isDue(String host) {
        var now = clock.nanos();
        var last = lastLogged.get(host);
        if (last != null && now - last < INTERVAL) {
            return false;
        }
        lastLogged.remove(host);
        if (lastLogged.size() == HOSTS) {
            lastLogged.remove(lastLogged.keySet().iterator().next());
        }
        lastLogged.put(host, now);
        return true;
    }
}
