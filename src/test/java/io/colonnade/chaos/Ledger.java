package io.colonnade.chaos;

import io.colonnade.chaos.Request.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The messages that were posted: what was answered must be in the database once, what was not, once at most. */
final class Ledger {
    private static final int PAGE = 100;

    private final Log log;
    private final Map<String, Long> answered = new HashMap<>();
    private final Map<Long, String> found = new HashMap<>();
    private final Set<String> texts = new HashSet<>();
    private long next;
    private long seen;

    Ledger(Log log) {
        this.log = log;
    }

    /** A text that no other message has. */
    synchronized String text() {
        return "chaos " + ++next;
    }

    /** The cluster has promised to keep it. */
    synchronized void answered(String text, long id) {
        answered.put(text, id);
    }

    synchronized int answered() {
        return answered.size();
    }

    synchronized int found() {
        return found.size();
    }

    /**
     * Looks at the messages that have come since it looked last, a page more, or at all.
     *
     * @return false if the database does not answer
     */
    boolean check(Caller caller, boolean all) {
        Map<String, Long> promised;
        synchronized (this) {
            promised = Map.copyOf(answered);
        }
        var read = read(caller, all ? 0 : seen - PAGE);
        if (read.isEmpty()) {
            return false;
        }
        read.forEach(this::take);
        var lowest = all ? 0 : read.get(read.size() - 1).getLong("id");
        promised.forEach((text, id) -> {
            if (id >= lowest && !text.equals(found.get(id))) {
                log.violation("message " + id + " \"" + text + "\" was answered and is lost; found " + found.get(id));
            }
        });
        seen = Math.max(seen, read.get(0).getLong("id"));
        return true;
    }

    private synchronized void take(JsonObject message) {
        var id = message.getLong("id");
        var text = message.getString("text");
        if (found.put(id, text) == null && !texts.add(text)) {
            log.violation("message \"" + text + "\" is there twice; the second is " + id);
        }
    }

    /** The newest first, down to the id; empty if a page cannot be had. */
    private static List<JsonObject> read(Caller caller, long downTo) {
        var messages = new ArrayList<JsonObject>();
        for (Long before = Long.MAX_VALUE; before != null && before > downTo; ) {
            var query = "?limit=" + PAGE + (before == Long.MAX_VALUE ? "" : "&before=" + before);
            var page = caller.call(Board.get("/api/messages" + query), "", 200, Promise.ANSWERED_WITH_DATABASE);
            if (page.isEmpty()) {
                return List.of();
            }
            var json = new JsonObject(page.get().text());
            json.getJsonArray("messages").forEach(message -> messages.add((JsonObject) message));
            before = json.getLong("next");
        }
        return messages;
    }
}
