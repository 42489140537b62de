package io.colonnade.it.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;

/** The zones of the table, as both servers get them: files named after their origin. */
final class ZoneFiles {
    static final List<String> ORIGINS = List.of("zone.test", "short.test", "example");

    private static final List<DnsResource> RECORDS =
            ORIGINS.stream().flatMap(origin -> read(origin).stream()).toList();

    private ZoneFiles() {}

    static Path path(String origin) {
        return Path.of("src", "test", "resources", "dns", origin + ".zone").toAbsolutePath();
    }

    /** What the table says of records: {@code NAME TTL TYPE RDATA}, or {@code NAME TYPE} for the files' record set. */
    static List<DnsResource> records(String text) {
        var words = text.split("\\s+", -1);
        if (words.length > 2) {
            return List.of(DnsResource.of(text));
        }
        var set = RECORDS.stream()
                .filter(record -> record.name().equals(words[0].toLowerCase(Locale.ROOT) + ".")
                        && record.type().equals("IN " + words[1]))
                .toList();
        if (set.isEmpty()) {
            throw new IllegalArgumentException("no zone file has " + text);
        }
        return set;
    }

    /** The SOA of a zone in a negative answer: {@code ORIGIN TTL}. */
    static DnsResource negative(String text) {
        var words = text.split("\\s+", -1);
        var soa = records(words[0] + " SOA").get(0);
        return new DnsResource(soa.name(), words[1], soa.type(), soa.data());
    }

    private static List<DnsResource> read(String origin) {
        var records = new ArrayList<DnsResource>();
        try (var file = new Master(path(origin).toString(), Name.fromString(origin, Name.root))) {
            for (var record = file.nextRecord(); record != null; record = file.nextRecord()) {
                records.add(DnsResource.of(record));
            }
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
        return records;
    }
}
