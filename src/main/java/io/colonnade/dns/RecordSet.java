package io.colonnade.dns;

import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * The records of one name and type: at least one, and all with the same TTL (RFC 2181, section 5.2).
 *
 * @param weights the weight of each record, if they take turns in answers; empty if their order is fixed
 */
record RecordSet(List<Record> records, List<Integer> weights) {
    RecordSet {
        records = List.copyOf(records);
        weights = List.copyOf(weights);
    }

    static RecordSet of(Record... records) {
        return new RecordSet(List.of(records), List.of());
    }

    Name name() {
        return records.get(0).getName();
    }

    int type() {
        return records.get(0).getType();
    }

    /** The same records under another name, which a wildcard needs (RFC 4592). */
    RecordSet at(Name name) {
        return new RecordSet(
                records.stream().map(record -> record.withName(name)).toList(), weights);
    }
}
