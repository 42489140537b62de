package io.colonnade.node;

import io.colonnade.app.AppTier;
import io.colonnade.cluster.Cluster;
import io.colonnade.cluster.SiteHealth;
import io.colonnade.config.SiteConfig;
import io.colonnade.core.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells the other members which sites this node has and how they fare, and tells again whenever that changes. Any thread. */
final class SiteAnnouncement {
    private final Cluster cluster;
    private final NodeArchives archives;
    private final Optional<AppTier> app;
    private final Instant since;
    private List<SiteConfig> sites;

    /** @param app the tier that runs the sites' code; without it, all that a site is here are its files, which are ready */
    SiteAnnouncement(
            Cluster cluster, NodeArchives archives, Optional<AppTier> app, List<SiteConfig> sites, Clock clock) {
        this.cluster = cluster;
        this.archives = archives;
        this.app = app;
        this.sites = sites;
        this.since = clock.now();
    }

    /** Begins to tell. */
    void start() {
        app.ifPresent(tier -> tier.onHealthChange(this::tell));
        tell();
    }

    /** Tells of the same sites with other hosts. */
    synchronized void configure(List<SiteConfig> newSites) {
        sites = newSites;
        tell();
    }

    /** The sites that are not ready, and why, such as {@code shop is still starting}. */
    synchronized List<String> notReady() {
        return sites.stream()
                .map(SiteConfig::name)
                .filter(site -> !health(site).isReady())
                .map(site -> site + " " + health(site).inWords())
                .toList();
    }

    private synchronized void tell() {
        cluster.announceSites(archives.hosted(sites, this::health));
    }

    private SiteHealth health(String site) {
        return app.map(tier -> tier.health(site)).orElseGet(() -> SiteHealth.ready(since));
    }
}
