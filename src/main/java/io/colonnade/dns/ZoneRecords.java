package io.colonnade.dns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** Collects the records of one zone, and checks that they are allowed together. */
final class ZoneRecords {
    /** Types that need answers which this server does not make: signed ones, and those for whole subtrees. */
    private static final Set<Integer> UNSUPPORTED =
            Set.of(Type.DNAME, Type.RRSIG, Type.NSEC, Type.NSEC3, Type.NSEC3PARAM, Type.DNSKEY);

    private final Name origin;
    private final Map<Name, Map<Integer, RecordSet>> nodes = new HashMap<>();
    private @Nullable SOARecord soa;

    ZoneRecords(Name origin) {
        this.origin = origin;
        nodes.put(origin, new HashMap<>());
    }

    Name origin() {
        return origin;
    }

    @Nullable
    SOARecord soa() {
        return soa;
    }

    boolean has(Name name, int type) {
        return nodes.getOrDefault(name, Map.of()).containsKey(type);
    }

    /** A copy, to which more records may be added. */
    ZoneRecords copy() {
        var copy = new ZoneRecords(origin);
        nodes.forEach((name, sets) -> copy.nodes.put(name, new HashMap<>(sets)));
        copy.soa = soa;
        return copy;
    }

    /**
     * Adds one record.
     *
     * @throws IllegalArgumentException if the record is not allowed in this zone, or not beside the others
     */
    void add(Record record) {
        check(record);
        var sets = node(record.getName());
        var present = sets.get(record.getType());
        checkAlias(record, sets);
        if (record instanceof SOARecord only) {
            soa = only;
        }
        sets.put(record.getType(), present == null ? RecordSet.of(record) : joined(present, record));
    }

    /** Adds a set of records, unless the name has records of this type already. */
    void add(RecordSet set) {
        node(set.name()).putIfAbsent(set.type(), set);
    }

    /** The zone with this SOA record. */
    Zone build(SOARecord present) {
        var frozen = new HashMap<Name, Map<Integer, RecordSet>>();
        nodes.forEach((name, sets) -> frozen.put(name, Map.copyOf(sets)));
        var apex = new HashMap<>(frozen.getOrDefault(origin, Map.of()));
        apex.put(Type.SOA, RecordSet.of(present));
        frozen.put(origin, Map.copyOf(apex));
        return new Zone(present, Map.copyOf(frozen));
    }

    private void check(Record record) {
        var type = Type.string(record.getType());
        require(record.getName().subdomain(origin), "it is not in the zone " + origin);
        require(record.getDClass() == DClass.IN, "its class is not IN");
        require(!UNSUPPORTED.contains(record.getType()), type + " records are not served");
        if (record.getType() == Type.SOA) {
            require(record.getName().equals(origin) && soa == null, "a zone has one SOA record, at its own name");
        }
    }

    /** An alias is the only record of its name (RFC 1034, section 3.6.2), so that the zone's name, which has an SOA, has none. */
    private void checkAlias(Record record, Map<Integer, RecordSet> others) {
        var type = record.getType();
        require(
                type == Type.CNAME
                        ? others.isEmpty() && !record.getName().equals(origin)
                        : !others.containsKey(Type.CNAME),
                "a CNAME record is the only record of its name");
    }

    private static RecordSet joined(RecordSet present, Record record) {
        if (present.records().contains(record)) {
            return present;
        }
        var first = present.records().get(0);
        require(
                record.getTTL() == first.getTTL(),
                "its TTL is not that of the other " + Type.string(record.getType()) + " records of its name, which is "
                        + first.getTTL() + " (RFC 2181, section 5.2)");
        var records = new ArrayList<>(present.records());
        records.add(record);
        return new RecordSet(records, List.of());
    }

    /** The sets of a name. From now on the name exists, and so do all names above it in the zone. */
    private Map<Integer, RecordSet> node(Name name) {
        for (var above = 1; name.labels() - above > origin.labels(); above++) {
            nodes.computeIfAbsent(new Name(name, above), absent -> new HashMap<>());
        }
        return nodes.computeIfAbsent(name, absent -> new HashMap<>());
    }

    private static void require(boolean fine, String otherwise) {
        if (!fine) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
