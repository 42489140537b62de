package io.colonnade.transport.forwarded;

import io.colonnade.core.RequestBody;
import io.colonnade.transport.frame.StreamId;
import io.colonnade.transport.link.Link;
import io.colonnade.transport.link.Outflow;
import io.vertx.core.buffer.Buffer;

/** Sends the body of a request to the member, as fast as the member takes it. */
final class ForwardedRequest implements RequestBody.Reader {
    private final RequestBody body;
    private final Outflow outflow;
    private final Runnable whenBroken;

    /**
     * @param whenBroken called when the request breaks before its end
     */
    ForwardedRequest(Link link, StreamId id, RequestBody body, Runnable whenBroken) {
        this.body = body;
        this.outflow = new Outflow(link, id, link.lane().config().streamWindow());
        this.whenBroken = whenBroken;
    }

    void begin() {
        outflow.onDrained(body::resume);
        body.open(this);
    }

    @Override
    public void data(Buffer chunk) {
        outflow.write(chunk, null);
        if (outflow.full()) {
            body.pause();
        }
    }

    @Override
    public void end() {
        outflow.end(null);
    }

    @Override
    public void failed(Throwable cause) {
        whenBroken.run();
    }

    void credit(long bytes) {
        outflow.credit(bytes);
    }

    /** The member needs no more of it. */
    void stop() {
        body.close();
        outflow.truncate();
    }

    /** The stream goes on without the body. */
    void close() {
        body.close();
    }

    /** Drops what has not been sent. */
    void discard(Throwable cause) {
        body.close();
        outflow.discard(cause);
    }
}
