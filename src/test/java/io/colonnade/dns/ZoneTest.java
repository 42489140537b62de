package io.colonnade.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class ZoneTest {
    private static final String SOA = "example. 30 IN SOA ns.example. hostmaster.example. 7 3600 600 86400 20";

    /** The zone of RFC 4592, section 2.2.1, and some more. */
    private static final Zone ZONE = TestZones.zone(
            "example",
            "@ 30 SOA ns hostmaster 7 3600 600 86400 20",
            "@ NS ns",
            "@ MX 10 mail",
            "ns A 192.0.2.1",
            "mail A 192.0.2.2",
            "mail AAAA 2001:db8::2",
            "* TXT \"this is a wildcard\"",
            "* MX 10 host1",
            "sub.* TXT \"this is not a wildcard\"",
            "host1 A 192.0.2.3",
            "_ssh._tcp.host1 SRV 0 0 22 host1",
            "_ssh._tcp.host2 SRV 0 0 22 host1",
            "subdel NS ns.example.com.",
            "subdel NS ns.subdel",
            "ns.subdel A 192.0.2.4",
            "alias CNAME alias2",
            "alias2 CNAME host1",
            "away CNAME www.example.net.",
            "dangling CNAME nothing._tcp.host1",
            "down CNAME www.subdel",
            "loop CNAME loop2",
            "loop2 CNAME loop",
            "*.cname CNAME host1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // RFC 4592, section 2.2.1: answered by the wildcard.
                "host3.example. | MX | NOERROR | host3.example. MX 10 host1.example.",
                "host3.example. | A | NOERROR |",
                "foo.bar.example. | TXT | NOERROR | foo.bar.example. TXT \"this is a wildcard\"",
                // Not answered by the wildcard: it exists, something below it does, or its closest encloser has none.
                "host1.example. | MX | NOERROR |",
                "sub.*.example. | MX | NOERROR |",
                "_telnet._tcp.host1.example. | SRV | NXDOMAIN |",
                "_tcp.host2.example. | TXT | NOERROR |",
                "host2.example. | TXT | NOERROR |",
                // RFC 4592, section 2.2.1: the wildcard itself, and what is below an asterisk.
                "*.example. | TXT | NOERROR | *.example. TXT \"this is a wildcard\"",
                "sub.*.example. | TXT | NOERROR | sub.*.example. TXT \"this is not a wildcard\"",
                "ghost.*.example. | MX | NXDOMAIN |",
                // A wildcard alias (section 3.3.1).
                "x.cname.example. | A | NOERROR | x.cname.example. CNAME host1.example.; host1.example. A 192.0.2.3",
                // RFC 1034, section 4.3.2, step 3a: aliases.
                "alias.example. | A | NOERROR | alias.example. CNAME alias2.example.; alias2.example. CNAME host1.example.;"
                        + " host1.example. A 192.0.2.3",
                "alias.example. | CNAME | NOERROR | alias.example. CNAME alias2.example.",
                "alias.example. | AAAA | NOERROR | alias.example. CNAME alias2.example.; alias2.example. CNAME host1.example.",
                "away.example. | A | NOERROR | away.example. CNAME www.example.net.",
                "loop.example. | A | NOERROR | loop.example. CNAME loop2.example.; loop2.example. CNAME loop.example.",
                // RFC 2308, section 2.1: the last name of a chain is the one that is denied.
                "dangling.example. | A | NXDOMAIN | dangling.example. CNAME nothing._tcp.host1.example.",
                // RFC 8482, section 4.2.
                "host1.example. | ANY | NOERROR | host1.example. HINFO \"RFC8482\" \"\"",
                "_tcp.host1.example. | ANY | NOERROR |",
                "alias.example. | ANY | NOERROR | alias.example. CNAME alias2.example.",
                "nothing._tcp.host1.example. | ANY | NXDOMAIN |",
                // RFC 4035, section 3.1.4.1: DS belongs to the parent.
                "subdel.example. | DS | NOERROR |",
            })
    void answers(String name, String type, String rcode, String expected) {
        var lookup = find(name, Type.value(type));
        assertThat(Rcode.string(lookup.rcode())).isEqualTo(rcode);
        assertThat(text(lookup.answer())).isEqualTo(expected == null ? "" : expected);
        assertThat(lookup.authoritative()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "host1.example., AAAA, NOERROR",
        "nothing._tcp.host1.example., A, NXDOMAIN",
        "dangling.example., A, NXDOMAIN",
        "alias.example., AAAA, NOERROR"
    })
    void denialsHaveTheSoaRecordWithTheNegativeTtl(String name, String type, String rcode) {
        var lookup = find(name, Type.value(type));
        assertThat(Rcode.string(lookup.rcode())).isEqualTo(rcode);
        assertThat(lookup.authority()).hasSize(1);
        var soa = lookup.authority().get(0).records().get(0);
        assertThat(soa).isEqualTo(record(SOA));
        assertThat(soa.getTTL()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({"subdel.example., A", "host.subdel.example., A", "subdel.example., NS", "ns.subdel.example., A"})
    void refersToADelegationWithGlue(String name, String type) {
        var lookup = find(name, Type.value(type));
        assertThat(lookup.rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(lookup.isReferral()).isTrue();
        assertThat(lookup.answer()).isEmpty();
        assertThat(text(lookup.authority()))
                .isEqualTo("subdel.example. NS ns.example.com.; subdel.example. NS ns.subdel.example.");
        assertThat(text(lookup.additional())).isEqualTo("ns.subdel.example. A 192.0.2.4");
    }

    @Test
    void anAliasOfADelegatedNameIsAuthoritativeAndRefers() {
        var lookup = find("down.example.", Type.A);
        assertThat(lookup.authoritative()).isTrue();
        assertThat(text(lookup.answer())).isEqualTo("down.example. CNAME www.subdel.example.");
        assertThat(text(lookup.authority())).contains("ns.subdel.example.");
    }

    @Test
    void tellsTheAddressesOfTheHostsThatItNames() {
        assertThat(text(find("example.", Type.MX).additional()))
                .isEqualTo("mail.example. A 192.0.2.2; mail.example. AAAA 2001:db8:0:0:0:0:0:2");
        assertThat(text(find("_ssh._tcp.host2.example.", Type.SRV).additional()))
                .isEqualTo("host1.example. A 192.0.2.3");
    }

    @Test
    void namesAreComparedWithoutCase() {
        assertThat(text(find("HOST1.Example.", Type.A).answer())).endsWithIgnoringCase("host1.example. A 192.0.2.3");
    }

    private static Lookup find(String name, int type) {
        return ZONE.find(Name.fromConstantString(name), type);
    }

    private static Record record(String line) {
        return TestZones.records("example", line).get(0);
    }

    private static String text(List<RecordSet> sets) {
        return String.join("; ", TestZones.texts(sets));
    }
}
