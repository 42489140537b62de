package io.colonnade.chaos;

import io.colonnade.chaos.Request.Promise;
import io.colonnade.it.harness.Node;
import io.colonnade.testing.RawHttp;
import io.colonnade.testing.RawResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A client of one balancer, on one connection as long as that lives; all it sends goes into the log. Used by one thread. */
final class Caller implements AutoCloseable {
    private final Log log;
    private final Slot slot;
    private Node peer;
    private RawHttp http;
    private int status;

    Caller(Log log, Slot slot) {
        this.log = log;
        this.slot = slot;
    }

    Slot slot() {
        return slot;
    }

    /** The status of the last answer; 0 if there was none. */
    int status() {
        return status;
    }

    /**
     * Sends a request, once.
     *
     * @param head the request's line and fields
     * @return the answer if it has the status and is whole
     */
    Optional<RawResponse> call(String head, String body, int expected, Promise promise) {
        var began = log.now();
        status = 0;
        try {
            var answer = exchange(head, body);
            status = answer.status();
            var right = status == expected && answer.isComplete();
            add(head, promise, began, right ? "" : shown(answer));
            return right ? Optional.of(answer) : Optional.empty();
        } catch (IOException broken) {
            close();
            add(head, promise, began, broken.toString());
            return Optional.empty();
        }
    }

    private void add(String head, Promise promise, long began, String failure) {
        var what = head.substring(0, head.indexOf(" HTTP/"));
        log.add(new Request(slot, what, promise, began, log.now(), status, failure));
    }

    private static String shown(RawResponse answer) {
        var text = answer.text().strip().replaceAll("\\s+", " ");
        var via = answer.field("x-web-node").orElse("-") + ","
                + answer.field("x-app-node").orElse("-");
        return answer.status() + (answer.isComplete() ? " " : " cut off ") + via + " "
                + text.substring(0, Math.min(text.length(), 160));
    }

    private RawResponse exchange(String head, String body) throws IOException {
        var node = slot.node();
        if (http == null || node != peer) {
            close();
            http = RawHttp.connect(node.host(), node.port());
            peer = node;
        }
        var answer = http.send((head + "\r\n" + body).getBytes(StandardCharsets.UTF_8))
                .read();
        if (!answer.isComplete() || answer.field("connection").orElse("").equalsIgnoreCase("close")) {
            close();
        }
        return answer;
    }

    /** The next request goes on a new connection. */
    @Override
    public void close() {
        try {
            if (http != null) {
                http.close();
            }
        } catch (IOException harmless) {
            // nothing more is expected of it
        }
        http = null;
    }
}
