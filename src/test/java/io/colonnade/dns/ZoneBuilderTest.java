package io.colonnade.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.dns.Alive.Server;
import io.colonnade.dns.Alive.Target;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class ZoneBuilderTest {
    private static final List<String> HOSTS = List.of("www.foobar.com", "foobar.com", "localhost");

    private static final Alive ALIVE = new Alive(
            List.of(new Target("192.0.2.1", 3), new Target("192.0.2.2", 1), new Target("2001:db8::1", 3)),
            List.of(new Server("heron", List.of("192.0.2.1", "2001:db8::1")), new Server("jay", List.of("192.0.2.2"))),
            Duration.ofSeconds(15),
            false);

    @Test
    void aSitesZoneNeedsNoSettings() {
        var zone = zone(build(HOSTS, ALIVE));
        assertThat(TestZones.texts(zone.sets().toList()))
                .containsExactlyInAnyOrder(
                        "foobar.com. SOA heron.ns.foobar.com. hostmaster.foobar.com. 42 3600 600 1209600 30",
                        "foobar.com. NS heron.ns.foobar.com.",
                        "foobar.com. NS jay.ns.foobar.com.",
                        "heron.ns.foobar.com. A 192.0.2.1",
                        "heron.ns.foobar.com. AAAA 2001:db8:0:0:0:0:0:1",
                        "jay.ns.foobar.com. A 192.0.2.2",
                        "foobar.com. A 192.0.2.1",
                        "foobar.com. A 192.0.2.2",
                        "foobar.com. AAAA 2001:db8:0:0:0:0:0:1",
                        "www.foobar.com. A 192.0.2.1",
                        "www.foobar.com. A 192.0.2.2",
                        "www.foobar.com. AAAA 2001:db8:0:0:0:0:0:1");
        var addresses = Objects.requireNonNull(zone.set(TestZones.name("www.foobar.com"), Type.A));
        assertThat(addresses.weights()).containsExactly(3, 1);
        assertThat(addresses.records().get(0).getTTL()).isEqualTo(15);
    }

    @Test
    void whatTheSettingsSayOfANameStays() {
        var zone = zone(build(HOSTS, ALIVE, "www A 198.51.100.1", "@ MX 10 mail", "@ NS ns.example."));
        assertThat(TestZones.texts(zone.sets().toList()))
                .contains(
                        "www.foobar.com. A 198.51.100.1",
                        "foobar.com. MX 10 mail.foobar.com.",
                        "foobar.com. A 192.0.2.1")
                .contains("foobar.com. NS ns.example.")
                .doesNotContain("www.foobar.com. A 192.0.2.1", "foobar.com. NS heron.ns.foobar.com.");
    }

    @Test
    void theNameOfANameServerMayBeTaken() {
        var zone = zone(build(HOSTS, ALIVE, "heron.ns CNAME www.example.", "jay.ns 60 A 198.51.100.1"));
        assertThat(TestZones.texts(zone.sets().toList()))
                .contains("heron.ns.foobar.com. CNAME www.example.", "jay.ns.foobar.com. A 198.51.100.1")
                .doesNotContain("heron.ns.foobar.com. A 192.0.2.1", "jay.ns.foobar.com. A 192.0.2.2");
    }

    @Test
    void aZoneThatFollowsNobodyKeepsItsSerial() {
        var records = new String[] {"@ SOA ns.example. hostmaster 7 1 1 1 1", "@ NS ns.example."};
        assertThat(zone(build(List.of(), ALIVE, records)).soa().getSerial()).isEqualTo(7);
        assertThat(zone(build(HOSTS, ALIVE, records)).soa().getSerial()).isEqualTo(42);
    }

    @Test
    void aSitesZoneIsWithheldUntilAnAddressIsKnown() {
        var zones = build(HOSTS, Alive.NOBODY);
        assertThat(zones.find(TestZones.name("www.foobar.com"), Type.A).rcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(zones.find(TestZones.name("example.com"), Type.A).rcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void theContentIsTheSameWhateverTheSerialAndTheTtl() {
        var content = ZoneDigest.of(build(HOSTS, ALIVE));
        var shorter = new Alive(ALIVE.balancers(), ALIVE.nameServers(), Duration.ofSeconds(5), true);
        assertThat(ZoneDigest.of(new ZoneBuilder(DnsConfig.DEFAULTS, List.of()).build(HOSTS, shorter, 99)))
                .isEqualTo(content);
        var fewer = new Alive(ALIVE.balancers().subList(0, 1), ALIVE.nameServers(), ALIVE.ttl(), false);
        assertThat(ZoneDigest.of(build(HOSTS, fewer))).isNotEqualTo(content);
    }

    private static Zones build(List<String> hosts, Alive alive, String... records) {
        var configured = records.length == 0
                ? List.<ZoneRecords>of()
                : ZoneLoader.load(DnsConfig.DEFAULTS.with(List.of(new ZoneConfig("foobar.com", "", List.of(records)))));
        return new ZoneBuilder(DnsConfig.DEFAULTS, configured).build(hosts, alive, 42);
    }

    private static Zone zone(Zones zones) {
        return Objects.requireNonNull(zones.zone(TestZones.name("foobar.com")));
    }
}
