package io.colonnade.dns;

import io.netty.util.NetUtil;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Finds the zones that the sites' hosts are in. */
final class SiteZones {
    private static final Name WWW = Name.fromConstantString("www");
    private static final Name LOCALHOST = Name.fromConstantString("localhost.");

    private SiteZones() {}

    /**
     * The hosts by zone. A host is in the zone of the settings that encloses it; else in one of its own, named after it without a
     * leading {@code www}, or in that of another host which encloses it: {@code www.foobar.com} and {@code img.foobar.com} are
     * in {@code foobar.com} if that is a host too, or if {@code www} is. Left out are addresses, names of one label, and those
     * under {@code localhost}, which every machine answers for itself (RFC 6761, section 6.3).
     *
     * @param hosts as sites have them: also addresses, and {@code *.} names, which become wildcards
     */
    static Map<Name, Set<Name>> of(Collection<String> hosts, Set<Name> configured) {
        var names = hosts.stream().flatMap(host -> name(host).stream()).collect(Collectors.toCollection(TreeSet::new));
        var origins = Stream.concat(configured.stream(), names.stream().map(SiteZones::own))
                .filter(origin -> origin.labels() > 2)
                .collect(Collectors.toCollection(TreeSet::new));
        var zones = new LinkedHashMap<Name, Set<Name>>();
        for (var name : names) {
            zone(name, origins, configured).ifPresent(zone -> zones.computeIfAbsent(zone, first -> new TreeSet<>())
                    .add(name));
        }
        return zones;
    }

    private static Optional<Name> name(String host) {
        if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host.replaceAll("[\\[\\]]", ""))) {
            return Optional.empty();
        }
        try {
            var name = Name.fromString(host, Name.root);
            return Optional.of(name).filter(each -> !each.subdomain(LOCALHOST) && each.labels() > 2);
        } catch (TextParseException unusable) {
            return Optional.empty();
        }
    }

    /** The zone that a host would have if it were the only one. */
    private static Name own(Name host) {
        var first = host.getLabelString(0);
        return first.equals("*") || first.equals(WWW.getLabelString(0)) ? new Name(host, 1) : host;
    }

    /** The lowest zone of the settings that encloses the host; if there is none, the highest of the others. */
    private static Optional<Name> zone(Name host, Set<Name> origins, Set<Name> configured) {
        var lowest = configured.stream()
                .filter(host::subdomain)
                .reduce((one, other) -> one.labels() > other.labels() ? one : other);
        return lowest.isPresent()
                ? lowest
                : origins.stream()
                        .filter(host::subdomain)
                        .reduce((one, other) -> one.labels() < other.labels() ? one : other);
    }
}
