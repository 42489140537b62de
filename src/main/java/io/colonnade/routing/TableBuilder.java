package io.colonnade.routing;

import io.colonnade.cluster.HostedSite;
import io.colonnade.cluster.Member;
import io.colonnade.cluster.Snapshot;
import io.colonnade.cluster.State;
import io.colonnade.config.SiteConfig;
import io.colonnade.config.SiteConfig.Policy;
import io.colonnade.core.NodeId;
import io.colonnade.core.Role;
import io.colonnade.core.SiteId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Builds the routing table of a snapshot, and keeps what outlives the tables: counts of exchanges in flight, and whose turn it
 * is.
 */
final class TableBuilder {
    private record TurnKey(String site, Role tier) {}

    /** @param siteReady whether the site is ready there */
    private record Candidate(Endpoint endpoint, boolean siteReady) {
        boolean isFit() {
            return siteReady
                    && endpoint.member().state() == State.READY
                    && endpoint.member().answers();
        }
    }

    private Map<String, SiteConfig> sites;
    private final InFlight inFlight;
    private final SlowStart slowStart;
    private final IntSupplier firstTurn;
    private final Map<TurnKey, TurnCounter> turns = new ConcurrentHashMap<>();

    TableBuilder(List<SiteConfig> sites, InFlight inFlight, SlowStart slowStart, IntSupplier firstTurn) {
        this.sites = byName(sites);
        this.inFlight = inFlight;
        this.slowStart = slowStart;
        this.firstTurn = firstTurn;
    }

    /** Sets the sites by which tables are built from now on. */
    void configure(List<SiteConfig> newSites) {
        sites = byName(newSites);
    }

    private static Map<String, SiteConfig> byName(List<SiteConfig> sites) {
        return sites.stream().collect(Collectors.toMap(SiteConfig::name, site -> site, (first, second) -> first));
    }

    RoutingTable build(Snapshot snapshot) {
        slowStart.membersChanged(snapshot);
        inFlight.keepOnly(snapshot.members().stream().map(Member::id).collect(Collectors.toSet()));
        var web = endpoints(snapshot, Role.WEB);
        var app = endpoints(snapshot, Role.APP);
        return new RoutingTable(
                snapshot, hosts(snapshot), defaultHost(snapshot), contents(snapshot, web, app), web, app);
    }

    /** This node's own hosts come first, then those that the others announce, in the order in which they joined. */
    private static Hosts hosts(Snapshot snapshot) {
        var hosts = new Hosts();
        ownFirst(snapshot).forEach(site -> hosts.add(site.id().name(), site.hosts()));
        return hosts;
    }

    /** Of the default site, else of the first; a wildcard stands for its own domain if there is no other host. */
    private static @Nullable String defaultHost(Snapshot snapshot) {
        var hosts = ownFirst(snapshot).stream()
                .min(Comparator.comparing(site -> !site.isDefault()))
                .map(HostedSite::hosts)
                .orElse(List.of());
        return hosts.stream()
                .filter(host -> !host.startsWith("*."))
                .findFirst()
                .orElseGet(() -> hosts.isEmpty() ? null : hosts.get(0).substring(2));
    }

    /**
     * Answers a site with this node's own content while the site is ready with it on any member of each tier, else with the content
     * with which it is ready and that most members can answer. So a node with a new release that cannot start answers with the release
     * of the others.
     */
    private static Map<String, SiteId> contents(
            Snapshot snapshot, Map<SiteId, Endpoints> web, Map<SiteId, Endpoints> app) {
        var contents = new HashMap<String, SiteId>();
        ownFirst(snapshot).stream()
                .map(HostedSite::id)
                .filter(web::containsKey)
                .forEach(site ->
                        contents.merge(site.name(), site, (best, other) -> better(snapshot, web, app, best, other)));
        ownFirst(snapshot).forEach(site -> contents.putIfAbsent(site.id().name(), site.id()));
        return contents;
    }

    private static SiteId better(
            Snapshot snapshot, Map<SiteId, Endpoints> web, Map<SiteId, Endpoints> app, SiteId best, SiteId other) {
        var bestReady = isReady(web, best) && isReady(app, best);
        if (bestReady != (isReady(web, other) && isReady(app, other))) {
            return bestReady ? best : other;
        }
        if (snapshot.member(snapshot.self()).filter(self -> has(self, best)).isPresent()) {
            return best;
        }
        return size(web, other) > size(web, best) ? other : best;
    }

    private static boolean isReady(Map<SiteId, Endpoints> tier, SiteId site) {
        var endpoints = tier.get(site);
        return endpoints != null && endpoints.siteReady();
    }

    private static int size(Map<SiteId, Endpoints> web, SiteId site) {
        var endpoints = web.get(site);
        return endpoints == null ? 0 : endpoints.size();
    }

    private Map<SiteId, Endpoints> endpoints(Snapshot snapshot, Role tier) {
        var bySite = new HashMap<SiteId, List<Candidate>>();
        var elsewhere = elsewhere(snapshot, tier);
        for (var member : routable(snapshot, tier)) {
            var endpoint = new Endpoint(
                    member,
                    member.id().equals(snapshot.self()),
                    inFlight.of(tier, member.id()),
                    elsewhere.getOrDefault(member.id(), 0));
            member.sites().forEach(site -> bySite.computeIfAbsent(site.id(), id -> new ArrayList<>())
                    .add(new Candidate(endpoint, site.health().isReady())));
        }
        var endpoints = new HashMap<SiteId, Endpoints>();
        bySite.forEach((site, members) -> endpoints.put(site, endpoints(site, tier, members)));
        return endpoints;
    }

    /** The fit ones; if there are none, all on which the site is ready; if it is ready nowhere, all. */
    private Endpoints endpoints(SiteId site, Role tier, List<Candidate> candidates) {
        var siteReady = endpoints(candidates, Candidate::siteReady);
        var fit = endpoints(candidates, Candidate::isFit);
        var best = !fit.isEmpty() ? fit : !siteReady.isEmpty() ? siteReady : endpoints(candidates, candidate -> true);
        return new Endpoints(best, !siteReady.isEmpty(), policy(site, tier), turn(site, tier), slowStart);
    }

    private static List<Endpoint> endpoints(List<Candidate> candidates, Predicate<Candidate> condition) {
        return candidates.stream().filter(condition).map(Candidate::endpoint).toList();
    }

    /**
     * The members that may be selected. A draining member, or one that does not answer, is a last resort, see
     * {@link #endpoints(SiteId, Role, List)}: when it is the only one left, some member must answer the connections that it still has.
     * As long as this node is not ready itself, its only requests are those of its warm-up, which are meant for its own tiers.
     */
    private static List<Member> routable(Snapshot snapshot, Role tier) {
        var warmingUp = snapshot.member(snapshot.self())
                .filter(self -> self.state() == State.JOINING && self.roles().contains(tier));
        return warmingUp.map(List::of).orElseGet(() -> routableMembers(snapshot, tier));
    }

    private static List<Member> routableMembers(Snapshot snapshot, Role tier) {
        return snapshot.members().stream()
                .filter(member -> member.roles().contains(tier))
                .filter(member -> member.state() != State.JOINING)
                .filter(member -> member.heard() || member.id().equals(snapshot.self()))
                .sorted(Comparator.comparing(member -> member.id().value()))
                .toList();
    }

    /** The exchanges in flight with each member that the others have selected it for, as their last beats said. */
    private static Map<NodeId, Integer> elsewhere(Snapshot snapshot, Role tier) {
        var sums = new HashMap<NodeId, Integer>();
        for (var member : snapshot.members()) {
            if (member.heard() && !member.id().equals(snapshot.self())) {
                var selected = member.load().selected().getOrDefault(tier, Map.of());
                selected.forEach((id, count) -> sums.merge(id, count, Integer::sum));
            }
        }
        return sums;
    }

    private Policy policy(SiteId site, Role tier) {
        var config = sites.getOrDefault(site.name(), SiteConfig.DEFAULTS);
        return tier == Role.WEB ? config.balance() : config.balanceApp();
    }

    private TurnCounter turn(SiteId site, Role tier) {
        return turns.computeIfAbsent(new TurnKey(site.name(), tier), key -> new TurnCounter(firstTurn.getAsInt()));
    }

    private static List<HostedSite> ownFirst(Snapshot snapshot) {
        return snapshot.members().stream()
                .sorted(Comparator.comparing(member -> !member.id().equals(snapshot.self())))
                .flatMap(member -> member.sites().stream())
                .toList();
    }

    private static boolean has(Member member, SiteId site) {
        return member.sites().stream().anyMatch(hosted -> hosted.id().equals(site));
    }
}
