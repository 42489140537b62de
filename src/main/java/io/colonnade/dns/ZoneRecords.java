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

/** Collects the records of one zone, and checks that they go together. */
final class ZoneRecords {
    /** What would need answers that this server does not make: signed ones, and those for whole subtrees. */
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

    /** A copy to which more may be added. */
    ZoneRecords copy() {
        var copy = new ZoneRecords(origin);
        nodes.forEach((name, sets) -> copy.nodes.put(name, new HashMap<>(sets)));
        copy.soa = soa;
        return copy;
    }

    /**
     * Adds one record.
     *
     * @throws IllegalArgumentException if it cannot stand in this zone, or not beside the others
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

    /** Adds records that belong together, unless there are some already. */
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

    /** RFC 1034, section 3.6.2: an alias is alone; and the zone's own name has an SOA record, given or not. */
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

    /** The sets of a name, which with all names above it exists from now on. */
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
