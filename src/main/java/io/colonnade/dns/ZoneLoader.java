package io.colonnade.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/** Reads the zones of the settings. */
final class ZoneLoader {
    private ZoneLoader() {}

    /**
     * Reads zone files and records; blocks.
     *
     * @throws ZoneException at the first that is wrong; it names the file and the line
     */
    static List<ZoneRecords> load(DnsConfig config) {
        var zones = new ArrayList<ZoneRecords>();
        var names = new HashSet<Name>();
        for (var i = 0; i < config.zones().size(); i++) {
            var zone = load("dns.zones[" + i + "]", config.zones().get(i), config.ttl());
            if (!names.add(zone.origin())) {
                throw new ZoneException("dns.zones[" + i + "]: the zone " + zone.origin() + " is there twice");
            }
            zones.add(zone);
        }
        return zones;
    }

    private static ZoneRecords load(String key, ZoneConfig config, Duration ttl) {
        var zone = new ZoneRecords(origin(key, config.name()));
        if (!config.file().isEmpty()) {
            readFile(zone, config.file(), ttl);
        }
        for (var i = 0; i < config.records().size(); i++) {
            readLine(zone, key + ".records[" + i + "]", config.records().get(i), ttl);
        }
        return zone;
    }

    private static Name origin(String key, String name) {
        try {
            var origin = Name.fromString(name, Name.root);
            if (name.isEmpty() || origin.equals(Name.root) || origin.isWild()) {
                throw new ZoneException(key + ".name is \"" + name + "\"; allowed is a zone such as foobar.com");
            }
            return origin;
        } catch (TextParseException refused) {
            throw new ZoneException(
                    key + ".name is \"" + name + "\"; allowed is a zone such as foobar.com: " + refused.getMessage(),
                    refused);
        }
    }

    private static void readFile(ZoneRecords zone, String file, Duration ttl) {
        try {
            var master = new Master(file, zone.origin(), ttl.toSeconds());
            try {
                addAll(zone, master, file + ": ");
            } finally {
                master.close();
            }
        } catch (IOException unreadable) {
            // The message of a TextParseException begins with file and line already.
            var said = unreadable instanceof TextParseException ? "" : file + " cannot be read: ";
            throw new ZoneException("zone " + zone.origin() + ": " + said + unreadable.getMessage(), unreadable);
        }
    }

    private static void readLine(ZoneRecords zone, String key, String line, Duration ttl) {
        var bytes = new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8));
        try {
            addAll(zone, new Master(bytes, zone.origin(), ttl.toSeconds()), key + ": ");
        } catch (IOException refused) {
            throw new ZoneException(
                    key + " is \"" + line + "\"; allowed is a line of a zone file: " + refused.getMessage(), refused);
        }
    }

    private static void addAll(ZoneRecords zone, Master master, String where) throws IOException {
        for (var record = master.nextRecord(); record != null; record = master.nextRecord()) {
            add(zone, record, where);
        }
    }

    private static void add(ZoneRecords zone, Record record, String where) {
        try {
            zone.add(record);
        } catch (IllegalArgumentException refused) {
            throw new ZoneException(where + "\"" + record + "\": " + refused.getMessage(), refused);
        }
    }
}
