package io.colonnade.transport.forwarded;

import io.colonnade.core.Exchange;
import io.colonnade.core.ExchangeResponse;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.RequestBody;
import io.colonnade.core.Role;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.RequestHead;
import io.colonnade.transport.frame.ResponseHead;
import io.colonnade.transport.frame.StreamId;
import io.colonnade.transport.link.Inflow;
import io.colonnade.transport.link.Link;
import io.colonnade.transport.link.Outflow;
import io.colonnade.transport.link.Stream;
import io.colonnade.transport.tunnel.SocketEnd;
import io.colonnade.transport.tunnel.Tunnel;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** The opener's end of a stream: sends the request, and writes the member's response into the downstream response. */
public final class ForwardedExchange implements Stream, RequestBody.Reader, Inflow.Consumer {
    private static final int SWITCHING_PROTOCOLS = 101;

    /** Bytes that the client may leave unread before no more is given to its connection; as in Vert.x's own streams. */
    private static final int MOST_UNWRITTEN = 64 * 1024;

    private final Link link;
    private final StreamId id;
    private final Exchange exchange;
    private final Role tier;
    private final HttpServerResponse response;
    private final RequestBody body;
    private final Outflow outflow;
    private final Inflow inflow;
    private final Promise<Void> answered = Promise.promise();
    private final Exchange.TimeLimits limits;
    private long openedIn;
    private int unwritten;
    private boolean choked;
    private boolean over;
    private @Nullable ResponseHead head;
    private @Nullable BodyChunk held;

    public ForwardedExchange(Link link, Exchange exchange, Role tier) {
        var window = link.lane().config().streamWindow();
        this.link = link;
        this.id = link.nextId();
        this.exchange = exchange;
        this.tier = tier;
        this.response = exchange.response();
        this.body = exchange.body();
        this.outflow = new Outflow(link, id, window);
        this.inflow = new Inflow(link, id, window, this);
        this.limits = exchange.remaining(link.lane().nanos());
    }

    public Future<Void> begin() {
        link.add(this);
        var output = link.output();
        Frame.OPEN.begin(output.frame(), id);
        RequestHead.write(output.frame(), exchange, tier, limits);
        output.framed();
        openedIn = output.nextBatch();
        response.closeHandler(v -> downstreamClosed());
        exchange.carriedBy(this::giveUp);
        outflow.onDrained(body::resume);
        body.open(this);
        return answered.future();
    }

    @Override
    public StreamId id() {
        return id;
    }

    @Override
    public long openedIn() {
        return openedIn;
    }

    // The request, towards the member.

    @Override
    public void data(Buffer chunk) {
        if (over) {
            return;
        }
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
        downstreamClosed();
    }

    @Override
    public void credit(long bytes) {
        outflow.credit(bytes);
    }

    @Override
    public void stop() {
        body.close();
        outflow.truncate();
    }

    // The response, from the member.

    @Override
    public void head(Frame type, ResponseHead arrived) {
        if (over) {
            return;
        }
        if (type == Frame.HEAD && arrived.status() == SWITCHING_PROTOCOLS) {
            upgrade(arrived);
        } else if (type == Frame.HEAD) {
            head = arrived;
        } else if (exchange.request().version() != HttpVersion.HTTP_1_0 && !response.headWritten()) {
            inform(arrived);
        }
    }

    @Override
    public void arrived(ByteBuf batch, int length) {
        if (isToClient() && BodyChunk.worthLending(batch, length) && inflow.passes(length)) {
            hold(BodyChunk.lent(batch, length));
        } else {
            inflow.arrived(Frame.readData(batch, length));
        }
    }

    /** Whether the response goes to the client itself. Such a response no longer reads a chunk whose write is complete. */
    private boolean isToClient() {
        return !(response instanceof ExchangeResponse other && other.keepsWrites());
    }

    @Override
    public void arrivedAll(MultiMap trailers) {
        inflow.arrivedAll(trailers);
    }

    @Override
    public void consume(Buffer chunk) {
        hold(BodyChunk.kept(chunk));
    }

    /** Holds the last chunk until it is known whether the end follows in the same batch: then both leave as one. */
    private void hold(BodyChunk piece) {
        writeHeld();
        if (over) {
            piece.drop();
        } else {
            held = piece;
        }
    }

    @Override
    public void consumeEnd(@Nullable MultiMap trailers) {
        if (over) {
            return;
        }
        takeHead();
        if (trailers != null) {
            response.trailers().addAll(trailers);
        }
        var rest = held;
        held = null;
        var last = rest == null ? response.end() : rest.write(response::end);
        outflow.truncate();
        close();
        last.onSuccess(answered::tryComplete).onFailure(cause -> answered.tryFail(downstreamGone(Progress.RESPONSE)));
    }

    @Override
    public void settle() {
        if (held != null) {
            writeHeld();
        } else if (head != null && !over) {
            writeHeadAlone();
        }
    }

    @Override
    public void fail(Failure failure) {
        if (!over) {
            outflow.discard(failure);
            close();
            answered.tryFail(response.headWritten() ? failure.after(Progress.RESPONSE) : failure);
        }
    }

    @Override
    public void tick(long nanos) {
        // The entrance of the exchange keeps the time limits.
    }

    /** The exchange has failed at its entrance: its time is over, its body is too large, or its client is gone. */
    private void giveUp(Failure failure) {
        var message = "member " + link.memberName() + ": " + failure.getMessage();
        cancel(new Failure(failure.kind(), failure.progress(), message));
    }

    private void inform(ResponseHead informational) {
        if (informational.status() == 100) {
            response.writeContinue();
        } else {
            response.writeEarlyHints(informational.fields());
        }
    }

    /** The stream goes on as a tunnel. */
    private void upgrade(ResponseHead accepted) {
        if (!over) {
            over = true;
            body.close();
            response.closeHandler(null);
            exchange.carriedBy(null);
            var tunnel = Tunnel.replace(this, link, limits.idle());
            SocketEnd.connect(tunnel, exchange.request(), accepted.fields()).onComplete(answered);
        }
    }

    private void writeHeld() {
        var piece = held;
        if (piece == null || over) {
            return;
        }
        held = null;
        takeHead();
        var length = piece.bytes().length();
        unwritten += length;
        if (unwritten >= MOST_UNWRITTEN) {
            choked = true;
            inflow.pause();
        }
        var unused = piece.write(response::write).onComplete(done -> written(length));
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
        if (!over && (lengthKnown || exchange.request().version() == HttpVersion.HTTP_2)) {
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

    private void downstreamClosed() {
        cancel(downstreamGone(link.sent(this) ? Progress.REQUEST : Progress.NOTHING));
    }

    private Failure downstreamGone(Progress progress) {
        return new Failure(Kind.DOWNSTREAM_CLOSED, progress, "the client of request " + exchange.id() + " went away");
    }

    private void cancel(Failure failure) {
        if (!over) {
            link.sendReset(id, failure);
            fail(failure);
        }
    }

    private void dropHeld() {
        if (held != null) {
            held.drop();
            held = null;
        }
    }

    private void close() {
        over = true;
        dropHeld();
        body.close();
        inflow.discard();
        response.closeHandler(null);
        exchange.carriedBy(null);
        link.close(this);
    }
}
