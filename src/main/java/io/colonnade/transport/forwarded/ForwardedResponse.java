package io.colonnade.transport.forwarded;

import io.colonnade.core.ExchangeResponse;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.ResponseHead;
import io.colonnade.transport.frame.StreamId;
import io.colonnade.transport.link.Inflow;
import io.colonnade.transport.link.Link;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Writes what comes back from the member into the response that the client gets. */
final class ForwardedResponse implements Inflow.Consumer {
    /** The exchange that the response belongs to. */
    interface Owner {
        /** Whether nothing more may be written. */
        boolean over();

        /** The end of the response is being written. */
        void ends(Future<Void> written);
    }

    /** Bytes that the client may leave unread before no more is given to its connection; as in Vert.x's own streams. */
    private static final int MOST_UNWRITTEN = 64 * 1024;

    private final Owner owner;
    private final Link link;
    private final HttpServerResponse response;
    private final HttpVersion version;
    private final Inflow inflow;
    private int unwritten;
    private boolean choked;
    private @Nullable ResponseHead head;
    private @Nullable BodyChunk held;

    /**
     * @param version of the client's protocol
     */
    ForwardedResponse(Owner owner, Link link, StreamId id, HttpServerResponse response, HttpVersion version) {
        this.owner = owner;
        this.link = link;
        this.response = response;
        this.version = version;
        this.inflow = new Inflow(link, id, link.lane().config().streamWindow(), this);
    }

    /** The head of the final response has arrived; it waits for what follows in the same batch. */
    void head(ResponseHead arrived) {
        head = arrived;
    }

    /** A client of HTTP/1.0 would take an informational response for the final one (RFC 9110 section 15.2). */
    void inform(ResponseHead informational) {
        if (version == HttpVersion.HTTP_1_0 || response.headWritten()) {
            return;
        }
        if (informational.status() == 100) {
            response.writeContinue();
        } else {
            response.writeEarlyHints(informational.fields());
        }
    }

    void arrived(ByteBuf batch, int length) {
        if (isToClient() && BodyChunk.worthLending(batch, length) && inflow.passes(length)) {
            hold(BodyChunk.lent(batch, length));
        } else {
            inflow.arrived(Frame.readData(batch, length));
        }
    }

    void arrivedAll(MultiMap trailers) {
        inflow.arrivedAll(trailers);
    }

    /** Whether the response goes to the client itself. Such a response no longer reads a chunk whose write is complete. */
    private boolean isToClient() {
        return !(response instanceof ExchangeResponse other && other.keepsWrites());
    }

    @Override
    public void consume(Buffer chunk) {
        hold(BodyChunk.kept(chunk));
    }

    /** Holds the last chunk until it is known whether the end follows in the same batch: then both leave as one. */
    private void hold(BodyChunk chunk) {
        writeHeld();
        if (owner.over()) {
            chunk.drop();
        } else {
            held = chunk;
        }
    }

    @Override
    public void consumeEnd(@Nullable MultiMap trailers) {
        if (owner.over()) {
            return;
        }
        takeHead();
        if (trailers != null) {
            response.trailers().addAll(trailers);
        }
        var rest = held;
        held = null;
        owner.ends(rest == null ? response.end() : rest.write(response::end));
    }

    /** Writes what was held back for what might follow. */
    void settle() {
        if (held != null) {
            writeHeld();
        } else if (head != null && !owner.over()) {
            writeHeadAlone();
        }
    }

    /** Drops what has not been written. */
    void discard() {
        if (held != null) {
            held.drop();
            held = null;
        }
        inflow.discard();
    }

    private void writeHeld() {
        var chunk = held;
        if (chunk == null || owner.over()) {
            return;
        }
        takeHead();
        held = null;
        var length = chunk.bytes().length();
        unwritten += length;
        if (unwritten >= MOST_UNWRITTEN) {
            choked = true;
            inflow.pause();
        }
        var unused = chunk.write(response::write).onComplete(done -> written(length));
    }

    /** Bytes are counted here, because the queue that Vert.x calls full holds 16 messages of any size. */
    private void written(int bytes) {
        unwritten -= bytes;
        if (choked && unwritten <= MOST_UNWRITTEN / 2) {
            choked = false;
            inflow.fetch(Long.MAX_VALUE);
            link.lane().context().nettyEventLoop().execute(this::settle);
        }
    }

    /** Passes on a head at once whose body has not arrived yet. HTTP/1.1 needs to know the length of the body for that. */
    private void writeHeadAlone() {
        var lengthKnown = head != null
                && (head.fields().contains("content-length") || head.fields().contains("transfer-encoding"));
        if (lengthKnown || version == HttpVersion.HTTP_2) {
            takeHead();
            response.writeHead();
        }
    }

    /** Puts the head on the response only when the head is written, so that an earlier failure leaves the response as it was. */
    private void takeHead() {
        if (head != null) {
            response.setStatusCode(head.status());
            response.headers().addAll(head.fields());
            head = null;
        }
    }
}
