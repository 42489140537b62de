package io.colonnade.dns;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.xbill.DNS.Rcode;

/** Counts what the server has done since the node started. May be used on any thread. */
final class DnsFigures {
    private final LongAdder udp = new LongAdder();
    private final LongAdder tcp = new LongAdder();
    private final LongAdder truncated = new LongAdder();
    private final LongAdder limited = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder transfers = new LongAdder();
    private final LongAdder[] rcodes =
            Stream.generate(LongAdder::new).limit(Rcode.BADVERS + 1).toArray(LongAdder[]::new);

    void query(QueryClient client) {
        (client.udp() ? udp : tcp).increment();
    }

    void response(int rcode, boolean isTruncated) {
        rcodes[rcode].increment();
        if (isTruncated) {
            truncated.increment();
        }
    }

    /** A response over the rate limit, sent truncated or not at all. */
    void limited() {
        limited.increment();
    }

    /** A malformed message, answered with FORMERR or not at all. */
    void malformed() {
        malformed.increment();
    }

    /** A query that got no answer, because the socket was full or because of a defect. */
    void dropped() {
        dropped.increment();
    }

    /** A transfer of a whole zone. */
    void transfer() {
        transfers.increment();
    }

    JsonObject json() {
        var responses = new JsonObject();
        IntStream.range(0, rcodes.length)
                .filter(rcode -> rcodes[rcode].sum() > 0)
                .forEach(rcode -> responses.put(Rcode.string(rcode), rcodes[rcode].sum()));
        return new JsonObject()
                .put("queries", new JsonObject().put("udp", udp.sum()).put("tcp", tcp.sum()))
                .put("responses", responses)
                .put("truncated", truncated.sum())
                .put("limited", limited.sum())
                .put("malformed", malformed.sum())
                .put("dropped", dropped.sum())
                .put("transfers", transfers.sum());
    }
}
