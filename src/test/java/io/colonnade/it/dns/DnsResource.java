package io.colonnade.it.dns;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A resource record as text, so that two of them can be compared and shown.
 *
 * @param name in lower case
 * @param ttl {@code *} for any
 */
record DnsResource(String name, String ttl, String type, String data) {

    /** As a row of the table has it: {@code NAME TTL TYPE RDATA}. */
    static DnsResource of(String text) {
        var words = text.split("\\s+", 4);
        var any = words[1].equals("*");
        try {
            var read = of(Record.fromString(
                    Name.fromString(words[0], Name.root),
                    Type.value(words[2], true),
                    DClass.IN,
                    any ? 0 : Long.parseLong(words[1]),
                    words[3],
                    Name.root));
            return any ? new DnsResource(read.name, "*", read.type, read.data) : read;
        } catch (IOException wrong) {
            throw new IllegalArgumentException(text, wrong);
        }
    }

    static DnsResource of(Record found) {
        var canonical = Record.newRecord(
                found.getName(), found.getType(), found.getDClass(), found.getTTL(), found.rdataToWireCanonical());
        return new DnsResource(
                found.getName().toString().toLowerCase(Locale.ROOT),
                Long.toString(found.getTTL()),
                DClass.string(found.getDClass()) + " " + Type.string(found.getType()),
                canonical.rdataToString());
    }

    static List<DnsResource> of(List<Record> found) {
        return found.stream().map(DnsResource::of).toList();
    }

    boolean matches(DnsResource other) {
        return name.equals(other.name)
                && type.equals(other.type)
                && data.equals(other.data)
                && (ttl.equals("*") || ttl.equals(other.ttl));
    }

    @Override
    public String toString() {
        return name + " " + ttl + " " + type + " " + data;
    }
}
