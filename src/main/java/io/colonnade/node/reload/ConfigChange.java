package io.colonnade.node.reload;

import io.colonnade.config.FlatSettings;
import io.colonnade.config.SiteConfig;
import io.colonnade.node.settings.NodeConfig;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What differs between two configurations of one node, key by key.
 *
 * @param atOnce the keys that a running node can change
 * @param afterRestart the keys that the node applies when it is started again
 */
public record ConfigChange(Set<String> atOnce, Set<String> afterRestart) {
    private static final String SITES = "sites";

    /** The keys that a running node changes. Every other key is in {@link #AFTER_RESTART}. */
    static final Set<String> AT_ONCE = Set.of(
            "weight",
            "drain-timeout",
            "log-format",
            "log-level",
            "routing.slow-start",
            "balancer.head-timeout",
            "balancer.idle-timeout",
            "balancer.keep-alive-timeout",
            "balancer.response-timeout",
            "balancer.max-uri",
            "balancer.max-head",
            "balancer.max-body",
            "balancer.min-rate",
            "balancer.half-closed-timeout",
            "balancer.trusted-proxies",
            "balancer.drain-idle",
            "balancer.websocket-ping",
            "balancer.retry.attempts",
            "balancer.retry.percent",
            "balancer.retry.per-second",
            "dns.zones");

    /** The keys of a site that a running node changes, if both configurations have the site. */
    static final Set<String> SITE_AT_ONCE = Set.of("hosts", "default", "balance", "balance-app");

    static final Set<String> SITE_AFTER_RESTART =
            Set.of("name", "jar", "main-verticle", "port", "webroot", "cache-control", "headers", "warm-up", "config");

    /** The keys that are built into parts of the node, or that the node agrees on with the other members when it joins. */
    static final Set<String> AFTER_RESTART = Set.of(
            "name",
            "cluster",
            "roles",
            "port",
            "admin-port",
            "admin-token-file",
            "cluster-port",
            "join",
            "found",
            "bind",
            "data",
            "database.url",
            "database.hosts",
            "database.user",
            "database.schema",
            "database.tls",
            "database.ca",
            "database-password",
            "database-password-file",
            "lanes",
            "warm-up.time-limit",
            "node-headers",
            "clustering.first-port",
            "clustering.port-range",
            "clustering.beat-interval",
            "clustering.silent-after",
            "clustering.lost-after",
            "clustering.map-time-limit",
            "clustering.leave-time-limit",
            "transport.stream-window",
            "transport.member-window",
            "transport.encrypt",
            "transport.direct",
            "transport.ports",
            "web.file-in-memory",
            "web.in-memory",
            "web.recheck",
            "app.session-idle",
            "app.session-cookie",
            "app.blocked-warning",
            "app.start-limit",
            "app.max-websocket-frame",
            "app.max-websocket-message",
            "app.max-unread",
            "app.max-form-fields",
            "app.max-form-bytes",
            "store.pool-size",
            "store.wait-queue",
            "store.acquire-time-limit",
            "store.query-time-limit",
            "store.statement-cache",
            "store.pipelining",
            "store.max-lag",
            "store.slow-statement",
            "store.start-time-limit",
            "store.buffer-pool",
            "store.galera-members",
            "public-address",
            "public-bind",
            "secret",
            "secret-file",
            "dns-port",
            "dns.bind",
            "dns.ttl",
            "dns.negative-ttl",
            "dns.max-answers",
            "dns.nsid",
            "dns.query-log",
            "dns.allow-transfer",
            "dns.tcp-connections",
            "dns.tcp-idle",
            "dns.rate-limit.per-second",
            "dns.rate-limit.slip",
            "dns.rate-limit.exempt");

    static ConfigChange between(NodeConfig before, NodeConfig after) {
        var change = new ConfigChange(new TreeSet<>(), new TreeSet<>());
        FlatSettings.changed(before, after).stream()
                .filter(key -> !key.equals(SITES))
                .forEach(key -> change.add(key, AT_ONCE.contains(key)));
        change.addSites(before.sites(), after.sites());
        return change;
    }

    /** Whether a key of this group, or the key itself, can be changed and has been. */
    public boolean has(String group) {
        return atOnce.stream()
                .anyMatch(key -> key.equals(group) || key.startsWith(group + ".") || key.startsWith(group + "["));
    }

    /**
     * Sites come and go only with a restart. Until then all sites stay as they are, because hosts may move from one site to another.
     */
    private void addSites(List<SiteConfig> before, List<SiteConfig> after) {
        if (!names(before).equals(names(after))) {
            afterRestart.add(SITES);
            return;
        }
        for (var i = 0; i < after.size(); i++) {
            var path = SITES + "[" + after.get(i).name() + "].";
            FlatSettings.changed(before.get(i), after.get(i))
                    .forEach(key -> add(path + key, SITE_AT_ONCE.contains(key)));
        }
    }

    private void add(String key, boolean changeable) {
        (changeable ? atOnce : afterRestart).add(key);
    }

    private static List<String> names(List<SiteConfig> sites) {
        return sites.stream().map(SiteConfig::name).toList();
    }
}
