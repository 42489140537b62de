package io.colonnade.chaos;

import io.colonnade.chaos.Request.Promise;
import io.colonnade.testing.RawResponse;

/** Someone whose visits are counted in a session: no visit that was answered is forgotten. Used by one thread. */
final class ChaosVisitor {
    private final Log log;
    private String cookie = "";
    private int visits;
    private boolean reading;

    ChaosVisitor(Log log) {
        this.log = log;
    }

    /** Counts a visit and reads the session, in turn. */
    void visit(Caller caller) {
        var began = log.now();
        if (reading) {
            caller.call(ChaosGround.get("/session") + cookie, "", 200, Promise.ANSWERED_WITH_SESSION);
        } else {
            caller.call(ChaosGround.post("/session/add?key=visits") + cookie, "", 200, Promise.DONE_ONCE)
                    .ifPresent(answer -> counted(caller, answer, began));
        }
        reading = !reading;
    }

    private void counted(Caller caller, RawResponse answer, long began) {
        var count = Integer.parseInt(answer.text());
        answer.field("set-cookie").ifPresent(field -> cookie = "Cookie: " + field.split(";", 2)[0] + "\r\n");
        if (count <= visits) {
            log.add(new Request(
                    caller.slot(),
                    "session counter",
                    Promise.ANSWERED_WITH_SESSION,
                    began,
                    log.now(),
                    answer.status(),
                    "visit " + (visits + 1) + " was counted as " + count));
        }
        visits = count;
    }
}
