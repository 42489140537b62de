package io.colonnade.dns;

import java.util.List;

/**
 * A zone that is more than the hosts of the sites, which are added to it unless it says otherwise about their names.
 *
 * @param name such as {@code foobar.com}
 * @param file a zone file (RFC 1035, section 5); empty for none
 * @param records lines of a zone file, such as {@code "@ MX 10 mail"}; names without a dot at their end are below the zone's
 */
public record ZoneConfig(String name, String file, List<String> records) {
    public static final ZoneConfig DEFAULTS = new ZoneConfig("", "", List.of());

    public ZoneConfig {
        records = List.copyOf(records);
    }
}
