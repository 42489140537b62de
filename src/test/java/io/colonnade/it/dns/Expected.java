package io.colonnade.it.dns;

import java.util.ArrayList;
import java.util.List;

/** The reply that a row of the table expects. */
final class Expected {
    private final Row row;

    Expected(Row row) {
        this.row = row;
    }

    boolean isNone() {
        return row.one("reply").equals("none");
    }

    /** How a reply is not the one expected; empty if it is. */
    List<String> faults(DnsReply reply, DnsTransport transport) {
        if (isNone()) {
            return List.of("a reply where there should be none:\n" + reply);
        }
        var faults = new ArrayList<>(reply.irregularities(transport));
        if (!reply.head().equals(row.one("reply"))) {
            faults.add("replied " + reply.head() + " and not " + row.one("reply"));
        }
        if (!row.one("reply").contains(" tc")) {
            faults.addAll(compare("answer", records("answer"), reply.answer()));
            faults.addAll(compare("authority", authority(), reply.authority()));
            faults.addAll(compare("additional", records("additional"), withoutOptional(reply.additional())));
        }
        faults.addAll(options(reply));
        return faults;
    }

    private List<DnsResource> records(String section) {
        return row.all(section).stream()
                .flatMap(text -> ZoneFiles.records(text).stream())
                .toList();
    }

    private List<DnsResource> authority() {
        return row.has("negative") ? List.of(ZoneFiles.negative(row.one("negative"))) : records("authority");
    }

    private List<DnsResource> withoutOptional(List<DnsResource> additional) {
        if (row.all("may").contains("*")) {
            return List.of();
        }
        var optional = records("may");
        return additional.stream().filter(record -> !optional.contains(record)).toList();
    }

    private static List<String> compare(String section, List<DnsResource> expected, List<DnsResource> actual) {
        var faults = new ArrayList<String>();
        var left = new ArrayList<>(actual);
        for (var wanted : expected) {
            var match = left.stream().filter(wanted::matches).findFirst();
            match.ifPresentOrElse(left::remove, () -> faults.add(section + " lacks " + wanted));
        }
        left.forEach(record -> faults.add(section + " has " + record));
        return faults;
    }

    private List<String> options(DnsReply reply) {
        var wanted = row.all("option").stream()
                .map(text -> text.replaceFirst("\\s+", " "))
                .toList();
        var found = reply.options();
        var same = wanted.size() == found.size()
                && wanted.stream().allMatch(pattern -> found.stream().anyMatch(option -> option.matches(pattern)));
        return same ? List.of() : List.of("options " + found + " and not " + wanted);
    }
}
