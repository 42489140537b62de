package io.colonnade.transport.received;

import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.LastingResponses;
import io.colonnade.core.LastingResponses.Lasting;
import io.colonnade.core.Tier;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.MalformedBatchException;
import io.colonnade.transport.frame.RequestHead;
import io.colonnade.transport.frame.ResponseHead;
import io.colonnade.transport.frame.StreamId;
import io.colonnade.transport.frame.UnwritableFrameException;
import io.colonnade.transport.link.Inflow;
import io.colonnade.transport.link.Link;
import io.colonnade.transport.link.Outflow;
import io.colonnade.transport.link.Stream;
import io.colonnade.transport.tunnel.Tunnel;
import io.netty.buffer.ByteBuf;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other end of a stream: gives the request to this node's tier, which answers it. */
final class ReceivedExchange implements Stream, Opener, Exchange.Entrance, Lasting {
    private static final Logger log = LoggerFactory.getLogger(ReceivedExchange.class);

    private final Link link;
    private final StreamId id;
    private final RequestHead head;
    private final Tier tier;
    private final ReceivedRequest request;
    private final ReceivedResponse response;
    private final Outflow outflow;
    private final Inflow inflow;
    private boolean requestArrived;
    private boolean over;
    private boolean left;
    private boolean lasting;
    private long moved;
    private long seenToMove;
    private long lastMove;
    private @Nullable Exchange exchange;

    ReceivedExchange(Link link, StreamId id, RequestHead head, Tier tier) {
        var window = link.lane().config().streamWindow();
        var context = link.lane().context().duplicate();
        this.link = link;
        this.id = id;
        this.head = head;
        this.lastMove = link.lane().arrival();
        this.tier = tier;
        this.outflow = new Outflow(link, id, window);
        this.outflow.onFinished(this::closeIfDone);
        this.response = new ReceivedResponse(this, head, outflow, context);
        this.request = new ReceivedRequest(this, head, response, context);
        this.inflow = new Inflow(link, id, window, request.reading());
    }

    void begin() {
        link.add(this);
        request.context().dispatch(this, ReceivedExchange::answer);
    }

    @Override
    public StreamId id() {
        return id;
    }

    @Override
    public long openedIn() {
        return 0;
    }

    @Override
    public void pause() {
        inflow.pause();
    }

    /** Bytes and frames are counted and not timed, so that the clock is not read for each of them. */
    @Override
    public long lastActivity(long now) {
        var moves = moved + outflow.sentBytes();
        // What waits for the client is for the entrance to judge at which the client is: credit comes in large steps.
        if (moves != seenToMove || outflow.waiting() > 0) {
            seenToMove = moves;
            lastMove = now;
        }
        return lastMove;
    }

    @Override
    public boolean awaitsRequest() {
        return !inflow.paused();
    }

    @Override
    public void fetch(long chunks) {
        inflow.fetch(chunks);
    }

    @Override
    public boolean over() {
        return over || left;
    }

    @Override
    public void sendHead(Frame type, int status, MultiMap fields) {
        if (!over) {
            var output = link.output();
            var frame = output.begin();
            type.begin(frame, id);
            ResponseHead.write(frame, status, fields);
            output.framed();
            moved++;
            if (type == Frame.HEAD && LastingResponses.isEventStream(fields)) {
                lasting = true;
                link.lane().lasting().add(this);
            }
        }
    }

    @Override
    public void answered() {
        forgetLasting();
        if (!requestArrived) {
            link.sendStop(id);
        }
    }

    @Override
    public Tunnel upgrade() {
        over = true;
        inflow.discard();
        return Tunnel.replace(this, link, head.limits().idle());
    }

    @Override
    public void abort() {
        if (!over() && !response.ended()) {
            refuse(new Failure(
                    Kind.STREAM_RESET, Progress.RESPONSE, "site " + head.site().name() + " closed the exchange"));
        }
    }

    @Override
    public void unwritable(UnwritableFrameException cause) {
        var progress = response.headWritten() ? Progress.RESPONSE : Progress.REQUEST;
        var why = "the response of site " + head.site().name() + " cannot be carried: " + cause.getMessage();
        refuse(new Failure(Kind.SITE_FAILED, progress, why));
    }

    @Override
    public void head(Frame type, ResponseHead arrived) {
        throw new MalformedBatchException("a response's head came from who sent the request");
    }

    @Override
    public void arrived(ByteBuf batch, int length) {
        moved++;
        inflow.arrived(Frame.readData(batch, length));
    }

    @Override
    public void arrivedAll(MultiMap trailers) {
        requestArrived = true;
        moved++;
        inflow.arrivedAll(trailers);
        closeIfDone();
    }

    @Override
    public void stop() {
        throw new MalformedBatchException("a response was stopped, which is done by RESET");
    }

    @Override
    public void credit(long bytes) {
        moved++;
        outflow.credit(bytes);
    }

    @Override
    public void fail(Failure failure) {
        if (!over) {
            close();
            var cause = new HttpClosedException(String.valueOf(failure.getMessage()));
            outflow.discard(cause);
            clientGone(cause);
            if (exchange != null) {
                exchange.fail(failure);
            }
        }
    }

    private void clientGone(HttpClosedException cause) {
        response.closed(cause);
        request.reading().failed(cause);
    }

    @Override
    public void settle() {
        // Arriving bytes are passed on at once.
    }

    /** Ends the event stream. It looks complete to the client, which connects again; to the site the client has gone. */
    @Override
    public void leave() {
        left = true;
        outflow.end(null);
        answered();
        clientGone(new HttpClosedException("this node is leaving"));
    }

    private void answer() {
        var opened = Exchange.open(
                request, head.id(), head.site(), head.limits(), link.lane().clock(), this);
        exchange = opened;
        opened.answerBy(tier).onFailure(this::unanswered);
    }

    private void unanswered(Throwable cause) {
        if (!over() && !response.ended()) {
            refuse(response.headWritten() ? failure(cause).after(Progress.RESPONSE) : failure(cause));
        }
    }

    private Failure failure(Throwable cause) {
        if (cause instanceof Failure failure) {
            return failure;
        }
        log.error("A defect in the tier {} failed request {}", head.tier().label(), head.id(), cause);
        return new Failure(
                Kind.INTERNAL, Progress.REQUEST, "the tier " + head.tier().label() + " failed: " + cause);
    }

    private void refuse(Failure failure) {
        link.sendReset(id, failure);
        fail(failure);
    }

    private void closeIfDone() {
        if (!over && requestArrived && outflow.finished()) {
            close();
        }
    }

    private void close() {
        over = true;
        inflow.discard();
        forgetLasting();
        link.close(this);
    }

    private void forgetLasting() {
        if (lasting) {
            lasting = false;
            link.lane().lasting().remove(this);
        }
    }
}
