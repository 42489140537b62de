package io.colonnade.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How fast the members' counters rise over the last few looks. Two looks tell little, because a beat is up to half a second old. */
final class Rates {
    private static final int LOOKS = 6;

    private record Look(long nanos, Map<String, JsonObject> members) {}

    private final Deque<Look> looks = new ArrayDeque<>();

    /** @param nanos the time of this look, on a clock of which only differences mean something */
    void add(long nanos, JsonObject status) {
        var members = new HashMap<String, JsonObject>();
        status.getJsonArray("members", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .forEach(member -> members.put(member.getString("name", "?"), member));
        looks.add(new Look(nanos, members));
        if (looks.size() > LOOKS) {
            looks.remove();
        }
    }

    /** How much a member's counter rises in a second, such as {@code 12.5}; {@code -} without two looks at one life of the member. */
    String perSecond(String member, String counter) {
        var last = looks.peekLast();
        var now = last == null ? null : last.members().get(member);
        if (last == null || now == null) {
            return "-";
        }
        return looks.stream()
                .filter(look ->
                        look.nanos() < last.nanos() && sameLife(look.members().get(member), now))
                .findFirst()
                .map(first -> rate(first, last, member, counter))
                .orElse("-");
    }

    private static String rate(Look first, Look last, String member, String counter) {
        var rise = count(last, member, counter) - count(first, member, counter);
        var seconds = (last.nanos() - first.nanos()) / (double) TimeUnit.SECONDS.toNanos(1);
        return String.format(Locale.ROOT, "%.1f", rise / seconds);
    }

    private static long count(Look look, String member, String counter) {
        var counted = look.members().get(member);
        return counted == null ? 0 : counted.getLong(counter, 0L);
    }

    private static boolean sameLife(@Nullable JsonObject before, JsonObject now) {
        return before != null && String.valueOf(before.getValue("id")).equals(String.valueOf(now.getValue("id")));
    }
}
