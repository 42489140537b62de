package io.colonnade.dns;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.config.SiteConfig;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SiteZonesTest {
    @Test
    void theBundledSiteHasItsZone() {
        assertThat(zones(SiteConfig.BUNDLED.hosts().toArray(String[]::new)))
                .isEqualTo(Map.of("foobar.com.", Set.of("foobar.com.", "www.foobar.com.")));
    }

    @Test
    void aHostHasAZoneOfItsOwn() {
        assertThat(zones("shop.example.com")).isEqualTo(Map.of("shop.example.com.", Set.of("shop.example.com.")));
    }

    @Test
    void wwwIsInTheZoneAboveIt() {
        assertThat(zones("www.example.com")).isEqualTo(Map.of("example.com.", Set.of("www.example.com.")));
    }

    @Test
    void whatIsBelowAnotherHostIsInItsZone() {
        assertThat(zones("www.example.com", "img.example.com", "a.b.example.com"))
                .isEqualTo(Map.of("example.com.", Set.of("www.example.com.", "img.example.com.", "a.b.example.com.")));
    }

    @Test
    void aWildcardHostIsAWildcard() {
        assertThat(zones("*.shop.example")).isEqualTo(Map.of("shop.example.", Set.of("*.shop.example.")));
    }

    @Test
    void theZoneOfTheSettingsEnclosesItsHosts() {
        var hosts = Set.of("a.shop.example.com", "example.com");
        var configured = Stream.of("shop.example.com.", "other.example.")
                .map(TestZones::name)
                .collect(toSet());
        assertThat(text(SiteZones.of(hosts, configured)))
                .isEqualTo(Map.of(
                        "example.com.", Set.of("example.com."), "shop.example.com.", Set.of("a.shop.example.com.")));
    }

    @Test
    void addressesAndLocalNamesHaveNone() {
        assertThat(zones("127.0.0.1", "[::1]", "localhost", "www.foobar.localhost", "hello", "www.hello", "bad..name"))
                .isEmpty();
    }

    private static Map<String, Set<String>> zones(String... hosts) {
        return text(SiteZones.of(Set.of(hosts), Set.of()));
    }

    private static Map<String, Set<String>> text(Map<org.xbill.DNS.Name, Set<org.xbill.DNS.Name>> zones) {
        var text = new TreeMap<String, Set<String>>();
        zones.forEach((zone, hosts) ->
                text.put(zone.toString(), hosts.stream().map(Object::toString).collect(toCollection(TreeSet::new))));
        return text;
    }
}
