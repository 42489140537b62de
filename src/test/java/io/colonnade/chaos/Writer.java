package io.colonnade.chaos;

import io.colonnade.chaos.Request.Promise;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Someone who is signed in at the board and posts at one node, and, with the same key, at the others until it is answered.
 */
final class Writer {
    private static final long PAUSE_MILLIS = 160;
    private static final long REPEAT_MILLIS = 100;
    private static final long PATIENCE_MILLIS = 60_000;

    private final Log log;
    private final Ledger ledger;
    private final List<Caller> callers;
    private final int home;
    private final BooleanSupplier going;
    private String cookie = "";

    Writer(Log log, Ledger ledger, List<Slot> slots, int home, BooleanSupplier going) {
        this.log = log;
        this.ledger = ledger;
        this.callers = slots.stream().map(slot -> new Caller(log, slot)).toList();
        this.home = home;
        this.going = going;
    }

    void run() {
        while (going.getAsBoolean()) {
            post();
            Clients.pause(PAUSE_MILLIS);
        }
        callers.forEach(Caller::close);
    }

    private void post() {
        var text = ledger.text();
        var key = UUID.randomUUID().toString();
        var giveUp = log.now() + PATIENCE_MILLIS;
        for (var at = home; log.now() < giveUp; at++) {
            var caller = callers.get(at % callers.size());
            if (caller.slot().open() && (!cookie.isEmpty() || signIn(caller))) {
                if (isAnswered(caller, text, key) || isForgotten(caller)) {
                    return;
                }
                Clients.pause(REPEAT_MILLIS);
            } else {
                Clients.pause(REPEAT_MILLIS / callers.size());
            }
        }
        log.violation("nobody has answered the post of \"" + text + "\" for a minute");
    }

    private boolean signIn(Caller caller) {
        var body = new JsonObject().put("name", "Ada").encode();
        var answer = caller.call(Board.post("/api/session", body, ""), body, 201, Promise.DONE_ONCE);
        answer.flatMap(each -> each.field("set-cookie"))
                .ifPresent(field -> cookie = "Cookie: " + field.split(";", 2)[0] + "\r\n");
        return answer.isPresent();
    }

    private boolean isAnswered(Caller caller, String text, String key) {
        var body = new JsonObject().put("text", text).encode();
        var fields = cookie + "Idempotency-Key: " + key + "\r\n";
        var answer = caller.call(Board.post("/api/messages", body, fields), body, 201, Promise.DONE_ONCE);
        answer.ifPresent(each -> ledger.answered(text, new JsonObject(each.text()).getLong("id")));
        return answer.isPresent();
    }

    /** The key is the user's: as another one the message would be another too. */
    private boolean isForgotten(Caller caller) {
        if (caller.status() == 401) {
            cookie = "";
        }
        return cookie.isEmpty();
    }
}
