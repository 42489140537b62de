package io.colonnade.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Zones written as in a zone file. */
final class TestZones {
    private TestZones() {}

    /** A zone of these lines, one of which is its SOA record. */
    static Zone zone(String origin, String... lines) {
        var zone = new ZoneRecords(name(origin));
        records(origin, lines).forEach(zone::add);
        return zone.build(Objects.requireNonNull(zone.soa()));
    }

    static List<Record> records(String origin, String... lines) {
        var text = String.join("\n", lines) + "\n";
        var master = new Master(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), name(origin), 30);
        var records = new ArrayList<Record>();
        try {
            for (var record = master.nextRecord(); record != null; record = master.nextRecord()) {
                records.add(record);
            }
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
        return records;
    }

    static Name name(String name) {
        return Name.fromConstantString(name.endsWith(".") ? name : name + ".");
    }

    /** {@code name type data} of each record. */
    static List<String> texts(List<RecordSet> sets) {
        return sets.stream()
                .flatMap(set -> set.records().stream())
                .map(record -> record.getName() + " " + Type.string(record.getType()) + " " + record.rdataToString())
                .toList();
    }
}
