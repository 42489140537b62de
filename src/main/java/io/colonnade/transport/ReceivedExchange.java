package io.colonnade.transport;

import io.colonnade.core.Departure;
import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.netty.buffer.ByteBuf;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other end of a stream: has this node's tier answer the request. */
final class ReceivedExchange implements Stream {
    private static final Logger log = LoggerFactory.getLogger(ReceivedExchange.class);

    private final Link link;
    private final StreamId id;
    private final RequestHead head;
    private final ReceivedRequest request;
    private final ReceivedResponse response;
    private final Outflow outflow;
    private final Inflow inflow;
    private boolean requestArrived;
    private boolean over;
    private boolean left;
    private @Nullable Departure departure;

    ReceivedExchange(Link link, StreamId id, RequestHead head) {
        var window = link.lane().config().streamWindow();
        var context = link.lane().context().duplicate();
        this.link = link;
        this.id = id;
        this.head = head;
        this.outflow = new Outflow(link, id, window);
        this.outflow.onFinished(this::closeIfDone);
        this.response = new ReceivedResponse(this, head, outflow, context);
        this.request = new ReceivedRequest(this, head, response, context);
        this.inflow = new Inflow(link, id, window, request);
    }

    void begin() {
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

    Inflow inflow() {
        return inflow;
    }

    /** Whether nothing that the site still does reaches the opener. */
    boolean over() {
        return over || left;
    }

    void sendHead(Frame type, int status, MultiMap fields) {
        if (!over) {
            var output = link.output();
            type.begin(output.frame(), id);
            ResponseHead.write(output.frame(), status, fields);
            output.framed();
        }
    }

    /** The response has been written to its end. */
    void answered() {
        if (!requestArrived) {
            link.sendStop(id);
        }
    }

    /** The head that was sent accepts an upgrade: the stream goes on as the tunnel. */
    Tunnel upgrade() {
        over = true;
        inflow.discard();
        return Tunnel.replace(this, link, head.limits().idle());
    }

    /** Has the opener close the client's connection, as closing a local one does. */
    void abort() {
        if (!over() && !response.ended()) {
            refuse(new Failure(
                    Kind.STREAM_RESET, Progress.RESPONSE, "site " + head.site().name() + " closed the exchange"));
        }
    }

    @Override
    public void head(Frame type, ResponseHead arrived) {
        throw new MalformedBatchException("a response's head came from who sent the request");
    }

    @Override
    public void arrived(ByteBuf batch, int length) {
        inflow.arrived(Frame.readData(batch, length));
    }

    @Override
    public void arrivedAll(MultiMap trailers) {
        requestArrived = true;
        inflow.arrivedAll(trailers);
        closeIfDone();
    }

    @Override
    public void stop() {
        throw new MalformedBatchException("a response was stopped, which is done by RESET");
    }

    @Override
    public void credit(long bytes) {
        outflow.credit(bytes);
    }

    @Override
    public void fail(Failure failure) {
        if (!over) {
            close();
            var cause = new HttpClosedException(String.valueOf(failure.getMessage()));
            outflow.discard(cause);
            clientGone(cause);
        }
    }

    private void clientGone(HttpClosedException cause) {
        response.closed(cause);
        request.failed(cause);
    }

    @Override
    public void settle() {
        // What arrives is given on at once.
    }

    /** The opener keeps the time limits; but of a stream of events this node says when it leaves. */
    @Override
    public void tick(long nanos) {
        var window = link.lane().window();
        if (window != null && !left && response.isEventStream() && departure().isDue(window, nanos)) {
            leave();
        }
    }

    /** Made when it is needed: most exchanges see no drain. */
    private Departure departure() {
        if (departure == null) {
            departure = new Departure();
        }
        return departure;
    }

    /** Ends the stream as a whole one for the client, which connects again; for the site the client has gone. */
    private void leave() {
        left = true;
        outflow.end(null);
        answered();
        clientGone(new HttpClosedException("this node is leaving"));
    }

    private void answer() {
        var exchange = Exchange.open(
                request, head.id(), head.site(), head.limits(), link.lane().clock());
        link.lane().tier(head.tier()).handle(exchange).onFailure(this::unanswered);
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
        link.close(this);
    }
}
