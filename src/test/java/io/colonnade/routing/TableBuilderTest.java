package io.colonnade.routing;

import static io.colonnade.routing.Members.SITE;
import static io.colonnade.routing.Members.member;
import static io.colonnade.routing.Members.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.cluster.HostedSite;
import io.colonnade.cluster.SiteHealth;
import io.colonnade.cluster.Snapshot;
import io.colonnade.cluster.State;
import io.colonnade.config.SiteConfig;
import io.colonnade.config.SiteConfig.Policy;
import io.colonnade.core.ManualClock;
import io.colonnade.core.Role;
import io.colonnade.core.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableBuilderTest {
    private static final SiteId NEWER = new SiteId("foobar", "decaf");
    private static final HostedSite HOSTED_NEWER = Members.hosted(NEWER, "www.foobar.com", "*.foobar.net");

    private final SlowStart slowStart = new SlowStart(new ManualClock(), new TurnCounter(0), Duration.ZERO);
    private final InFlight inFlight = new InFlight();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "www.foobar.com",
                "WWW.Foobar.COM",
                "www.foobar.com:8080",
                "www.foobar.com.",
                "www.foobar.com.:80",
                "a.b.foobar.net"
            })
    void findsTheSiteOfAHost(String host) {
        assertThat(build(snapshot(member(1))).site(host)).isEqualTo(SITE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ":", "[", "[]", "foobar.com", "foobar.net", "www.foobar.com.evil.org", "[::1]:80"})
    void knowsNoSiteOfAnotherHost(String host) {
        assertThat(build(snapshot(member(1))).site(host)).isNull();
    }

    @Test
    void findsTheSiteOfAnIpv6Address() {
        var site = Members.hosted(SITE, "::1");
        var table = build(snapshot(member(1).hosting(site)));
        assertThat(table.site("[::1]:8080")).isEqualTo(SITE);
        assertThat(table.site("[0:0::1]")).isEqualTo(SITE);
    }

    @Test
    void knowsAHostForRequestsThatNameNone() {
        var other = Members.hosted(new SiteId("other", "1"), "*.other.org");
        assertThat(build(snapshot(member(1), member(2).hosting(other))).defaultHost())
                .isEqualTo("www.foobar.com");
        assertThat(build(snapshot(member(1).hosting(other), member(2))).defaultHost())
                .isEqualTo("other.org");
        assertThat(build(snapshot(member(1).hosting())).defaultHost()).isNull();
    }

    @Test
    void prefersTheSiteThatIsTheDefaultOneToTheFirst() {
        var first =
                new HostedSite(new SiteId("first", "1"), List.of("first.org"), false, SiteHealth.ready(Instant.EPOCH));
        var own = new HostedSite(new SiteId("own", "1"), List.of("own.org"), true, SiteHealth.ready(Instant.EPOCH));
        var others =
                new HostedSite(new SiteId("others", "1"), List.of("others.org"), true, SiteHealth.ready(Instant.EPOCH));
        var table = build(snapshot(member(1).hosting(first, own), member(2).hosting(others)));
        assertThat(table.defaultHost()).isEqualTo("own.org");
        table = build(snapshot(member(1).hosting(first), member(2).hosting(first, others)));
        assertThat(table.defaultHost()).isEqualTo("others.org");
    }

    @Test
    void findsSitesThatOnlyOthersHave() {
        var table = build(snapshot(member(1).hosting(), member(2)));
        assertThat(table.site("www.foobar.com")).isEqualTo(SITE);
        assertThat(selected(table, Role.WEB, SITE)).containsExactly("node-2");
    }

    @Test
    void ownHostsWinOverThoseOfOthers() {
        var other = Members.hosted(new SiteId("other", "1"), "www.foobar.com");
        assertThat(build(snapshot(member(2).hosting(other), member(1))).site("www.foobar.com"))
                .isEqualTo(SITE);
    }

    @Test
    void answersWithItsOwnContentThoughMoreHaveAnother() {
        var table = build(
                snapshot(member(1), member(2).hosting(HOSTED_NEWER), member(3).hosting(HOSTED_NEWER)));
        assertThat(table.site("www.foobar.com")).isEqualTo(SITE);
        assertThat(selected(table, Role.APP, SITE)).containsExactly("node-1");
    }

    @Test
    void answersWithTheContentThatMostHaveIfItHasNone() {
        var table = build(snapshot(
                member(1).hosting(),
                member(2),
                member(3).hosting(HOSTED_NEWER),
                member(4).hosting(HOSTED_NEWER)));
        assertThat(table.site("www.foobar.com")).isEqualTo(NEWER);
    }

    @Test
    void answersWithTheContentOfOthersIfNobodyCanAnswerItsOwn() {
        var table = build(snapshot(member(1).roles(Role.BALANCER), member(2).hosting(HOSTED_NEWER)));
        assertThat(table.site("www.foobar.com")).isEqualTo(NEWER);
    }

    @Test
    void selectsOnlyReadyMembersThatAreHeardAndHaveTheRole() {
        var table = build(snapshot(
                member(1),
                member(2).state(State.JOINING),
                member(3).silent(),
                member(4).roles(Role.WEB),
                member(5).state(State.DRAINING),
                member(6)));
        assertThat(selected(table, Role.WEB, SITE)).containsExactly("node-1", "node-4", "node-6");
    }

    @Test
    void thisNodeNeedsNotBeHeard() {
        assertThat(selected(build(snapshot(member(1).silent())), Role.WEB, SITE))
                .containsExactly("node-1");
    }

    @Test
    void drainingMembersAnswerWhenNobodyElseIsLeft() {
        var table = build(snapshot(member(1).state(State.DRAINING), member(2).state(State.JOINING)));
        assertThat(selected(table, Role.WEB, SITE)).containsExactly("node-1");
    }

    @Test
    void membersWhoseLanesAreStalledAnswerWhenNobodyElseIsLeft() {
        var table = build(snapshot(member(1).stalled(), member(2), member(3).stalled()));
        assertThat(selected(table, Role.WEB, SITE)).containsExactly("node-2");
        table = build(snapshot(member(1).stalled(), member(2).stalled()));
        assertThat(selected(table, Role.WEB, SITE)).containsExactly("node-1", "node-2");
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"WEB", "APP"})
    void selectsMembersOnWhichTheSiteIsReady(Role tier) {
        var starting = new HostedSite(SITE, Members.HOSTED.hosts(), false, SiteHealth.starting(Instant.EPOCH));
        var table = build(snapshot(
                member(1).hosting(Members.failed(SITE)), member(2), member(3).hosting(starting), member(4)));
        assertThat(selected(table, tier, SITE)).containsExactly("node-2", "node-4");
    }

    @Test
    void aDrainingMemberOnWhichTheSiteIsReadyIsBetterThanAReadyOneOnWhichItFailed() {
        var table = build(
                snapshot(member(1).hosting(Members.failed(SITE)), member(2).state(State.DRAINING)));
        assertThat(selected(table, Role.APP, SITE)).containsExactly("node-2");
    }

    @Test
    void aSiteThatIsReadyNowhereIsAskedOfAll() {
        var failed = Members.failed(SITE);
        var table = build(snapshot(member(1).hosting(failed), member(2).hosting(failed)));
        assertThat(selected(table, Role.APP, SITE)).containsExactly("node-1", "node-2");
        assertThat(table.site("www.foobar.com")).isEqualTo(SITE);
    }

    @Test
    void aNewReleaseThatFailedIsAnsweredWithTheOldOneOfTheOthers() {
        var table = build(snapshot(
                member(1).hosting(Members.failed(NEWER)), member(2).hosting(Members.failed(NEWER)), member(3)));
        assertThat(table.site("www.foobar.com")).isEqualTo(SITE);
        assertThat(selected(table, Role.WEB, SITE)).containsExactly("node-3");
    }

    @Test
    void contentWhoseCodeIsReadyNowhereIsNotAnsweredThoughItsFilesAre() {
        var table = build(snapshot(
                member(1).roles(Role.BALANCER, Role.WEB).hosting(HOSTED_NEWER),
                member(2).roles(Role.APP).hosting(Members.failed(NEWER)),
                member(3)));
        assertThat(table.site("www.foobar.com")).isEqualTo(SITE);
    }

    @Test
    void contentsOfDrainingMembersCountAsLongAsTheyAreTheReadyOnes() {
        var table = build(
                snapshot(member(1).hosting(Members.failed(NEWER)), member(2).state(State.DRAINING)));
        assertThat(table.site("www.foobar.com")).isEqualTo(SITE);
    }

    @Test
    void countsWhatTheOthersHaveSelected() {
        var builder = builder(Policy.LEAST_CONNECTIONS);
        var table = builder.build(
                snapshot(member(1).selected(Role.WEB, 2, 9), member(2).selected(Role.WEB, 1, 2)));
        inFlight.of(Role.WEB, Members.id(2)).set(1);
        assertThat(selected(table, Role.WEB, SITE)).containsExactly("node-2");
    }

    @Test
    void keepsCountsAndTurnsWhenTheMembersChange() {
        var builder = builder(Policy.ROUND_ROBIN);
        var before = builder.build(snapshot(member(1), member(2)));
        assertThat(one(before, Role.WEB, SITE)).isEqualTo("node-1");
        inFlight.of(Role.WEB, Members.id(2)).set(7);
        var after = builder.build(snapshot(member(1), member(2).weight(9)));
        assertThat(one(after, Role.WEB, SITE)).isEqualTo("node-2");
        assertThat(inFlight.counts().get(Role.WEB)).isEqualTo(Map.of(Members.id(2), 7));
    }

    @Test
    void takesAnotherPolicy() {
        var builder = builder(Policy.ROUND_ROBIN);
        assertThat(selected(builder.build(snapshot(member(1), member(2))), Role.WEB, SITE))
                .hasSize(2);
        builder.configure(List.of(site(Policy.LOCAL_FIRST)));
        assertThat(selected(builder.build(snapshot(member(1), member(2))), Role.WEB, SITE))
                .containsExactly("node-1");
    }

    @Test
    void forgetsTheCountsOfMembersThatLeft() {
        var builder = builder(Policy.ROUND_ROBIN);
        builder.build(snapshot(member(1), member(2)));
        inFlight.of(Role.APP, Members.id(1)).set(1);
        inFlight.of(Role.APP, Members.id(2)).set(1);
        builder.build(snapshot(member(1)));
        assertThat(inFlight.counts().get(Role.APP)).containsOnlyKeys(Members.id(1));
    }

    private RoutingTable build(Snapshot snapshot) {
        return builder(Policy.ROUND_ROBIN).build(snapshot);
    }

    private TableBuilder builder(Policy policy) {
        return new TableBuilder(List.of(site(policy)), inFlight, slowStart, () -> 0);
    }

    private static SiteConfig site(Policy policy) {
        var cacheControl = SiteConfig.DEFAULTS.cacheControl();
        return new SiteConfig(
                "foobar",
                "bundled",
                "",
                0,
                List.of(),
                false,
                "",
                policy,
                policy,
                cacheControl,
                Map.of(),
                List.of(),
                Map.of());
    }

    private static Set<String> selected(RoutingTable table, Role tier, SiteId site) {
        var names = new TreeSet<String>();
        for (var i = 0; i < 10; i++) {
            names.add(one(table, tier, site));
        }
        return names;
    }

    private static String one(RoutingTable table, Role tier, SiteId site) {
        var endpoints = Objects.requireNonNull(table.endpoints(tier, site));
        return Objects.requireNonNull(endpoints.select()).member().name();
    }
}
