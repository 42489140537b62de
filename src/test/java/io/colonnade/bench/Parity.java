package io.colonnade.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Proves that contenders do the same: status, body, and the fields that clients go by. */
final class Parity {
    private static final List<String> FIELDS = List.of("content-type", "content-length", "transfer-encoding");

    private Parity() {}

    /** Fails with the first difference between the first contender and another. */
    static void prove(List<RunningContender> contenders, List<Ask> asks) throws IOException, BenchException {
        for (var ask : asks) {
            var first = contenders.get(0);
            var expected = reply(first, ask);
            check(first, ask, expected);
            for (var other : contenders.subList(1, contenders.size())) {
                var differences = differences(expected, reply(other, ask));
                if (!differences.isEmpty()) {
                    throw new BenchException("no parity for " + ask.label() + ": "
                            + first.contender().fullName() + " and "
                            + other.contender().fullName() + " differ in " + String.join("; ", differences));
                }
            }
        }
    }

    private static Reply reply(RunningContender contender, Ask ask) throws IOException {
        var tagged = ask.tagged(ask.conditional() ? contender.tag(ask.path()) : "");
        return Reply.of(contender.uri(ask.path()), tagged);
    }

    private static void check(RunningContender contender, Ask ask, Reply reply) throws BenchException {
        if (reply.status() != ask.status()) {
            throw new BenchException(contender.contender().fullName() + " answers " + ask.label() + " with "
                    + reply.status() + " and not with " + ask.status());
        }
    }

    static List<String> differences(Reply one, Reply other) {
        var found = new ArrayList<String>();
        if (one.status() != other.status()) {
            found.add("status: " + one.status() + " and " + other.status());
        }
        if (!one.body().equals(other.body())) {
            found.add("body: " + one.body().length() + " and " + other.body().length() + " bytes");
        }
        for (var name : one.status() == 304 ? List.<String>of() : FIELDS) {
            var values = List.of(value(one, name), value(other, name));
            if (!values.get(0).equals(values.get(1))) {
                found.add(name + ": " + values.get(0) + " and " + values.get(1));
            }
        }
        return found;
    }

    private static String value(Reply reply, String name) {
        return reply.fields().getOrDefault(name, "none").replace(" ", "").toLowerCase(Locale.ROOT);
    }
}
