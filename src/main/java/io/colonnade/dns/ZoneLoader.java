package io.colonnade.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/** Reads the zones of the settings. */
final class ZoneLoader {
    /** What messages of dnsjava have in place of a file's name; the line number follows. */
    private static final String NAMELESS = "<none>:";

    private final ZoneRecords zone;
    private final Duration ttl;

    private ZoneLoader(ZoneRecords zone, Duration ttl) {
        this.zone = zone;
        this.ttl = ttl;
    }

    /**
     * Reads zone files and records. Blocks.
     *
     * @throws ZoneException at the first error; its message names the file and the line
     */
    static List<ZoneRecords> load(DnsConfig config) {
        var zones = new ArrayList<ZoneRecords>();
        var names = new HashSet<Name>();
        for (var i = 0; i < config.zones().size(); i++) {
            var key = "dns.zones[" + i + "]";
            var zone = config.zones().get(i);
            var records = new ZoneRecords(origin(key, zone.name()));
            if (!names.add(records.origin())) {
                throw new ZoneException(key + ": the zone " + zone.name() + " is there twice");
            }
            new ZoneLoader(records, config.ttl()).load(key, zone);
            zones.add(records);
        }
        return zones;
    }

    private static Name origin(String key, String name) {
        var refusal = key + ".name is \"" + name + "\"; allowed is a zone such as foobar.com";
        try {
            var origin = Name.fromString(name, Name.root);
            if (origin.equals(Name.root) || origin.isWild()) {
                throw new ZoneException(refusal);
            }
            return origin;
        } catch (TextParseException malformed) {
            throw new ZoneException(refusal, malformed);
        }
    }

    private void load(String key, ZoneConfig config) {
        if (!config.file().isEmpty()) {
            readFile(key + ".file: ", config.file());
        }
        for (var i = 0; i < config.records().size(); i++) {
            readLine(key + ".records[" + i + "]: ", config.records().get(i));
        }
    }

    private void readFile(String key, String file) {
        try (var lines = FileLines.open(Path.of(file))) {
            var master = new Master(lines, zone.origin(), ttl.toSeconds());
            addAll(master, () -> key + file + ":" + lines.line() + ": ");
        } catch (TextParseException malformed) {
            throw new ZoneException(
                    key + String.valueOf(malformed.getMessage()).replace(NAMELESS, file + ":"), malformed);
        } catch (NoSuchFileException missing) {
            throw new ZoneException(key + file + " cannot be read: it does not exist", missing);
        } catch (IOException unreadable) {
            throw new ZoneException(key + file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private void readLine(String key, String line) {
        var bytes = new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8));
        try {
            addAll(new Master(bytes, zone.origin(), ttl.toSeconds()), () -> key);
        } catch (IOException malformed) {
            var reason = String.valueOf(malformed.getMessage()).replaceFirst(NAMELESS + "\\d+: ", "");
            throw new ZoneException(key + "\"" + line + "\" is no line of a zone file: " + reason, malformed);
        }
    }

    private void addAll(Master master, Supplier<String> where) throws IOException {
        for (var record = master.nextRecord(); record != null; record = master.nextRecord()) {
            add(record, where);
        }
    }

    private void add(Record record, Supplier<String> where) {
        try {
            zone.add(record);
        } catch (IllegalArgumentException refused) {
            throw new ZoneException(where.get() + "\"" + record + "\": " + refused.getMessage(), refused);
        }
    }
}
