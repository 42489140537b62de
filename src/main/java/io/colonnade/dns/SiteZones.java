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

/** Finds the zones of the sites' hosts. */
final class SiteZones {
    private static final Name WWW = Name.fromConstantString("www");
    private static final Name LOCALHOST = Name.fromConstantString("localhost.");

    private SiteZones() {}

    /**
     * The hosts by zone. A host belongs to the zone of the settings that encloses it. Without such a zone it belongs to its own zone,
     * which has the host's name without a leading {@code www}, or to the zone of another host that encloses it. For example, {@code
     * www.foobar.com} and {@code img.foobar.com} are in the zone {@code foobar.com} if that is a host too, or because {@code
     * www.foobar.com} is. Addresses, names of one label, and names under {@code localhost}, which every machine resolves itself
     * (RFC 6761, section 6.3), are left out.
     *
     * @param hosts the hosts of sites; some may be addresses, or {@code *.} names, which become wildcards
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
