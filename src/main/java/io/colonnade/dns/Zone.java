package io.colonnade.dns;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.HINFORecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** One zone; immutable. */
final class Zone {
    /** The TTL of the record that answers the type ANY, in seconds. */
    private static final long ANY_TTL = 3600;

    private final Name origin;
    private final SOARecord soa;
    private final Map<Name, Map<Integer, RecordSet>> nodes;

    /**
     * @param nodes the records by name and type; a name without records that has names below it (an empty non-terminal, RFC 4592
     *     section 2.2.2) is here too
     */
    Zone(SOARecord soa, Map<Name, Map<Integer, RecordSet>> nodes) {
        this.origin = soa.getName();
        this.soa = soa;
        this.nodes = nodes;
    }

    Name origin() {
        return origin;
    }

    SOARecord soa() {
        return soa;
    }

    /** All records, with the SOA record first. */
    Stream<RecordSet> sets() {
        var others = nodes.values().stream()
                .flatMap(types -> types.values().stream())
                .filter(set -> set.type() != Type.SOA);
        return Stream.concat(Stream.of(RecordSet.of(soa)), others);
    }

    /** The records of exactly that name and type. */
    @Nullable
    RecordSet set(Name name, int type) {
        return nodes.getOrDefault(name, Map.of()).get(type);
    }

    /**
     * Looks up a name by the algorithm of RFC 1034, section 4.3.2, with the wildcards of RFC 4592. Follows aliases within the zone.
     *
     * @param name in the zone
     * @param type a data type, or ANY
     */
    Lookup find(Name name, int type) {
        var answer = new ArrayList<RecordSet>();
        var seen = new HashSet<Name>();
        var at = name;
        while (at.subdomain(origin) && seen.add(at)) {
            var cut = delegation(at, type);
            if (cut != null) {
                return new Lookup(Rcode.NOERROR, !answer.isEmpty(), answer, List.of(cut), addresses(List.of(cut)));
            }
            var owner = owner(at);
            if (owner == null) {
                return negative(Rcode.NXDOMAIN, answer);
            }
            var alias = set(owner, Type.CNAME);
            if (alias == null || type == Type.CNAME) {
                return data(owner, at, type, answer);
            }
            answer.add(alias.at(at));
            at = type == Type.ANY ? Name.root : ((CNAMERecord) alias.records().get(0)).getTarget();
        }
        return positive(answer);
    }

    private Lookup data(Name owner, Name name, int type, List<RecordSet> answer) {
        var set = type == Type.ANY ? any(owner) : set(owner, type);
        if (set == null) {
            return negative(Rcode.NOERROR, answer);
        }
        answer.add(set.at(name));
        return positive(answer);
    }

    /** RFC 8482, section 4.2: one synthesized record instead of everything. */
    private @Nullable RecordSet any(Name owner) {
        return nodes.getOrDefault(owner, Map.of()).isEmpty()
                ? null
                : RecordSet.of(new HINFORecord(owner, DClass.IN, ANY_TTL, "RFC8482", ""));
    }

    private Lookup positive(List<RecordSet> answer) {
        return new Lookup(Rcode.NOERROR, true, answer, List.of(), addresses(answer));
    }

    /** A negative answer has the SOA record, with the TTL for which the answer may be held (RFC 2308, section 3). */
    private Lookup negative(int rcode, List<RecordSet> answer) {
        var ttl = Math.min(soa.getTTL(), soa.getMinimum());
        var authority = RecordSet.of(Soa.withTtl(soa, ttl));
        return new Lookup(rcode, true, answer, List.of(authority), List.of());
    }

    /** The delegation at or above the name; null if there is none. DS records belong above it (RFC 4035, section 3.1.4.1). */
    private @Nullable RecordSet delegation(Name name, int type) {
        for (var depth = origin.labels() + 1; depth <= name.labels(); depth++) {
            var ancestor = new Name(name, name.labels() - depth);
            var cut = set(ancestor, Type.NS);
            if (cut != null && !(type == Type.DS && depth == name.labels())) {
                return cut;
            }
        }
        return null;
    }

    /** The name that has the records: the name itself, or the wildcard of its closest encloser (RFC 4592, section 3.3.1). */
    private @Nullable Name owner(Name name) {
        if (nodes.containsKey(name)) {
            return name;
        }
        var above = 1;
        while (!nodes.containsKey(new Name(name, above))) {
            above++;
        }
        var wildcard = name.wild(above);
        return nodes.containsKey(wildcard) ? wildcard : null;
    }

    /** The addresses that the zone has of the hosts that the records name. */
    private List<RecordSet> addresses(List<RecordSet> sets) {
        return sets.stream()
                .flatMap(set -> set.records().stream())
                .flatMap(record -> Stream.ofNullable(record.getAdditionalName()))
                .distinct()
                .flatMap(host -> Stream.of(Type.A, Type.AAAA).flatMap(type -> Stream.ofNullable(set(host, type))))
                .toList();
    }
}
