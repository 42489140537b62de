package io.colonnade.dns;

import java.util.List;

/**
 * A zone with more than the hosts of the sites. The hosts are added to it unless it has its own addresses or aliases for them.
 *
 * @param name such as {@code foobar.com}
 * @param file the path of a zone file (RFC 1035, section 5); empty for none
 * @param records lines of a zone file, such as {@code "@ MX 10 mail"}; names without a dot at their end are relative to the zone
 */
public record ZoneConfig(String name, String file, List<String> records) {
    public static final ZoneConfig DEFAULTS = new ZoneConfig("", "", List.of());

    public ZoneConfig {
        records = List.copyOf(records);
    }
}
