package io.colonnade.sim;

import io.vertx.core.http.HttpMethod;

/** What became of the requests of one kind of fault, or of none. */
final class Tally {
    long requests;
    long picks;
    long failedPicks;
    /** Idempotent requests without an answer: what the cluster promises never to happen. */
    long failed;
    /** Others without an answer, which nobody may send twice. */
    long failedPosts;
    /** Responses that ended in their middle. */
    long lostStreams;
    /** The longest until the end of an answer that is no stream. */
    long slowest;

    void count(SimulatedRequest request, Throwable cause, long took) {
        if (cause == null) {
            slowest = request.streamNanos() == 0 ? Math.max(slowest, took) : slowest;
        } else if (request.headWritten()) {
            lostStreams++;
        } else if (request.method().equals(HttpMethod.POST)) {
            failedPosts++;
        } else {
            failed++;
        }
    }

    void add(Tally other) {
        requests += other.requests;
        picks += other.picks;
        failedPicks += other.failedPicks;
        failed += other.failed;
        failedPosts += other.failedPosts;
        lostStreams += other.lostStreams;
        slowest = Math.max(slowest, other.slowest);
    }
}
