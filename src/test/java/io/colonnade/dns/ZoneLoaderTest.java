package io.colonnade.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

class ZoneLoaderTest {
    @TempDir
    private Path folder;

    @Test
    void readsAFileAndFurtherRecords() throws IOException {
        var file = file(
                """
                $ORIGIN foobar.com.
                $TTL 600
                @     SOA ns1 hostmaster (
                          2026010101 ; serial
                          3600 600 86400 60 )
                      NS  ns1
                ns1   A   192.0.2.1
                *.dev A   192.0.2.2
                """);
        var zone = load(new ZoneConfig("foobar.com", file.toString(), List.of("@ 60 MX 10 mail", "mail A 192.0.2.3")));
        var built = zone.build(zone.soa());
        assertThat(TestZones.texts(built.sets().toList()))
                .containsExactlyInAnyOrder(
                        "foobar.com. SOA ns1.foobar.com. hostmaster.foobar.com. 2026010101 3600 600 86400 60",
                        "foobar.com. NS ns1.foobar.com.",
                        "foobar.com. MX 10 mail.foobar.com.",
                        "ns1.foobar.com. A 192.0.2.1",
                        "*.dev.foobar.com. A 192.0.2.2",
                        "mail.foobar.com. A 192.0.2.3");
        assertThat(built.set(TestZones.name("mail.foobar.com"), Type.A)
                        .records()
                        .get(0)
                        .getTTL())
                .isEqualTo(DnsConfig.DEFAULTS.ttl().toSeconds());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "www A 192.0.2.300 | 4: | Invalid address",
                "www.example.net. A 192.0.2.3 | 4: \"www.example.net | it is not in the zone foobar.com.",
                "ns1 CNAME www | 4: \"ns1.foobar.com | a CNAME record is the only record of its name",
                "ns1 60 A 192.0.2.9 | 4: \"ns1.foobar.com | its TTL is not that of the other A records of its name, which is 600",
                "sub DNAME example.net. | 4: \"sub.foobar.com | DNAME records are not served",
                "@ CNAME www | 4: \"foobar.com | a CNAME record is the only record of its name",
                "www CH A 192.0.2.3 | 4: \"www.foobar.com | its class is not IN",
                "sub SOA ns1 hostmaster 1 1 1 1 1 | 4: \"sub.foobar.com | a zone has one SOA record, at its own name"
            })
    void aBadLineIsNamed(String line, String place, String reason) throws IOException {
        var file = file("$TTL 600\n@ SOA ns1 hostmaster 1 3600 600 86400 60\nns1 A 192.0.2.1\n" + line
                + "\nmail A 192.0.2.4\n");
        assertThatThrownBy(() -> load(new ZoneConfig("foobar.com", file.toString(), List.of())))
                .isInstanceOf(ZoneException.class)
                .hasMessageContaining(file + ":" + place)
                .hasMessageContaining(reason);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> load(new ZoneConfig("foobar.com", "/nowhere/foobar.zone", List.of())))
                .isInstanceOf(ZoneException.class)
                .hasMessage("dns.zones[0].file: /nowhere/foobar.zone cannot be read: it does not exist");
    }

    @Test
    void aBadRecordIsNamed() {
        assertThatThrownBy(() -> load(new ZoneConfig("foobar.com", "", List.of("@ MX 10 mail", "@ MX mail"))))
                .isInstanceOf(ZoneException.class)
                .hasMessageStartingWith("dns.zones[0].records[1]: ");
        assertThatThrownBy(() -> load(new ZoneConfig("foobar.com", "", List.of("@ CNAME www.example."))))
                .isInstanceOf(ZoneException.class);
        assertThatThrownBy(() -> load(new ZoneConfig("foobar.com", "", List.of("www CNAME @", "www A 192.0.2.1"))))
                .isInstanceOf(ZoneException.class)
                .hasMessageStartingWith("dns.zones[0].records[1]: \"www.foobar.com")
                .hasMessageEndingWith("a CNAME record is the only record of its name");
    }

    @ParameterizedTest
    @CsvSource({"''", ".", "*.foobar.com", "bad..name"})
    void aZoneNeedsAName(String name) {
        assertThatThrownBy(() -> load(new ZoneConfig(name, "", List.of())))
                .isInstanceOf(ZoneException.class)
                .hasMessageStartingWith("dns.zones[0].name is \"" + name + "\"; allowed is a zone such as foobar.com");
    }

    @Test
    void aZoneIsThereOnce() {
        var zone = new ZoneConfig("foobar.com", "", List.of());
        var config = DnsConfig.DEFAULTS.with(List.of(zone, new ZoneConfig("FOOBAR.com.", "", List.of())));
        assertThatThrownBy(() -> ZoneLoader.load(config)).hasMessageStartingWith("dns.zones[1]: ");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("foobar.zone"), text);
    }

    private static ZoneRecords load(ZoneConfig zone) {
        return ZoneLoader.load(DnsConfig.DEFAULTS.with(List.of(zone))).get(0);
    }
}
