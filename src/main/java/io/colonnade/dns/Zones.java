package io.colonnade.dns;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * All zones at one moment; immutable.
 *
 * @param zones the zones, by origin
 * @param withheld the origins of zones that cannot be answered yet, as no member has told an address
 */
record Zones(Map<Name, Zone> zones, List<Name> withheld) {
    static final Zones NONE = new Zones(Map.of(), List.of());

    static Zones of(Collection<Zone> zones, List<Name> withheld) {
        return new Zones(
                zones.stream().collect(Collectors.toUnmodifiableMap(Zone::origin, Function.identity())),
                List.copyOf(withheld));
    }

    Lookup find(Name name, int type) {
        var zone = enclosing(name);
        if (zone != null) {
            return zone.find(name, type);
        }
        return withheld.stream().anyMatch(name::subdomain) ? Lookup.SERVFAIL : Lookup.REFUSED;
    }

    /** The zone with that origin; null if there is none. */
    @Nullable
    Zone zone(Name origin) {
        return zones.get(origin);
    }

    /** The lowest zone that has the name in it. */
    private @Nullable Zone enclosing(Name name) {
        for (var above = 0; above < name.labels(); above++) {
            var zone = zones.get(above == 0 ? name : new Name(name, above));
            if (zone != null) {
                return zone;
            }
        }
        return null;
    }
}
