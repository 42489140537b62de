package io.colonnade.routing;

import io.colonnade.cluster.HostedSite;
import io.colonnade.cluster.Load;
import io.colonnade.cluster.Member;
import io.colonnade.cluster.Presence;
import io.colonnade.cluster.SiteHealth;
import io.colonnade.cluster.Snapshot;
import io.colonnade.cluster.State;
import io.colonnade.core.Address;
import io.colonnade.core.NodeId;
import io.colonnade.core.Role;
import io.colonnade.core.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A member to make others from; number 1 is this node. */
public record Members(
        int number,
        Set<Role> roles,
        State state,
        int weight,
        List<HostedSite> sites,
        Load load,
        boolean heard,
        boolean answers,
        Presence presence) {
    public static final SiteId SITE = new SiteId("foobar", "c0ffee");
    public static final HostedSite HOSTED = hosted(SITE, "www.foobar.com", "*.foobar.net");

    /** A site that is ready. */
    public static HostedSite hosted(SiteId site, String... hosts) {
        return new HostedSite(site, List.of(hosts), false, SiteHealth.ready(Instant.EPOCH));
    }

    public static HostedSite failed(SiteId site) {
        return new HostedSite(site, HOSTED.hosts(), false, SiteHealth.failed(Instant.EPOCH, "by the test"));
    }

    public static Members member(int number) {
        return new Members(
                number,
                Set.of(Role.BALANCER, Role.WEB, Role.APP),
                State.READY,
                1,
                List.of(HOSTED),
                Load.NONE,
                true,
                true,
                Presence.NONE);
    }

    public Members roles(Role... only) {
        return new Members(number, Set.of(only), state, weight, sites, load, heard, answers, presence);
    }

    public Members state(State other) {
        return new Members(number, roles, other, weight, sites, load, heard, answers, presence);
    }

    public Members weight(int other) {
        return new Members(number, roles, state, other, sites, load, heard, answers, presence);
    }

    public Members hosting(HostedSite... only) {
        return new Members(number, roles, state, weight, List.of(only), load, heard, answers, presence);
    }

    /** Says how many exchanges it has sent to another. */
    public Members selected(Role tier, int other, int exchanges) {
        var busy = new Load(0, 0, 0, 0, Map.of(tier, Map.of(id(other), exchanges)));
        return new Members(number, roles, state, weight, sites, busy, heard, answers, presence);
    }

    public Members silent() {
        return new Members(number, roles, state, weight, sites, load, false, answers, presence);
    }

    /** Its lanes do not take their turns. */
    public Members stalled() {
        return new Members(number, roles, state, weight, sites, load, heard, false, presence);
    }

    public Members presence(Presence other) {
        return new Members(number, roles, state, weight, sites, load, heard, answers, other);
    }

    public Member build() {
        return new Member(
                id(number),
                "node-" + number,
                1,
                roles,
                state,
                Instant.EPOCH,
                weight,
                2,
                "this machine",
                new Address("127.0.0.1", 8080),
                new Address("127.0.0.1", 9080),
                presence,
                sites,
                load,
                "test",
                1,
                heard,
                answers);
    }

    public static NodeId id(int number) {
        return new NodeId(new UUID(0, number));
    }

    public static Snapshot snapshot(Members... members) {
        return new Snapshot(id(1), List.of(members).stream().map(Members::build).toList());
    }
}
