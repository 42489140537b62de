package io.colonnade.dns;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** A digest of the content of zones without TTLs and serials. Two servers with the same digest give the same answers. */
final class ZoneDigest {
    private static final int BYTES = 8;

    private ZoneDigest() {}

    static String of(Zones zones) {
        var text = zones.zones().values().stream()
                .flatMap(Zone::sets)
                .map(ZoneDigest::text)
                .sorted()
                .collect(Collectors.joining("\n"));
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException defect) {
            throw new IllegalStateException(defect);
        }
    }

    private static String text(RecordSet set) {
        if (set.type() == Type.SOA) {
            return set.name() + " SOA";
        }
        var data = set.records().stream().map(Record::rdataToString).sorted().toList();
        return set.name() + " " + Type.string(set.type()) + " " + data + " " + set.weights();
    }
}
