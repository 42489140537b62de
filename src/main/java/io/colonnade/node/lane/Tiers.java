package io.colonnade.node.lane;

import io.colonnade.app.AppTier;
import io.colonnade.balancer.PublicPort;
import io.colonnade.core.StatusSource;
import io.colonnade.dns.DnsTier;
import io.colonnade.web.Webroots;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the lanes of a node share of each tier.
 *
 * @param webroots empty of files without the role web
 * @param app empty without the role
 * @param publicPort empty without the role balancer
 * @param dns empty without the role; no lane runs it
 */
public record Tiers(Webroots webroots, Optional<AppTier> app, Optional<PublicPort> publicPort, Optional<DnsTier> dns) {
    /** What the tiers show in {@code /status}. */
    public List<StatusSource> statusSources() {
        var sources = new ArrayList<StatusSource>();
        publicPort.ifPresent(sources::add);
        app.ifPresent(sources::add);
        dns.ifPresent(sources::add);
        return sources;
    }

    /** How many exchanges the node has answered, with its sites' code and their files. */
    long served() {
        return app.map(AppTier::served).orElse(0L) + webroots.served();
    }

    /** How many exchanges the node's sites are answering. */
    public int inFlight() {
        return app.map(AppTier::inFlight).orElse(0);
    }
}
