package io.colonnade.transport.forwarded;

import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.Role;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.RequestHead;
import io.colonnade.transport.frame.ResponseHead;
import io.colonnade.transport.frame.StreamId;
import io.colonnade.transport.frame.UnwritableFrameException;
import io.colonnade.transport.link.Link;
import io.colonnade.transport.link.LinkOutput;
import io.colonnade.transport.link.Stream;
import io.colonnade.transport.tunnel.SocketEnd;
import io.colonnade.transport.tunnel.Tunnel;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;

/**
 * The opener's end of a stream: an exchange that another member's tier answers. It ends once, with the answer or with a {@link Failure}.
 */
public final class ForwardedExchange implements Stream, ForwardedResponse.Owner {
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Link link;
    private final StreamId id;
    private final Exchange exchange;
    private final Role tier;
    private final HttpServerResponse downstream;
    private final ForwardedRequest request;
    private final ForwardedResponse response;
    private final Promise<Void> answered = Promise.promise();
    private final Exchange.TimeLimits limits;
    private long openedIn;
    private boolean over;

    public ForwardedExchange(Link link, Exchange exchange, Role tier) {
        this.link = link;
        this.id = link.nextId();
        this.exchange = exchange;
        this.tier = tier;
        this.downstream = exchange.response();
        this.request = new ForwardedRequest(link, id, exchange.body(), this::downstreamClosed);
        this.response = new ForwardedResponse(
                this, link, id, downstream, exchange.request().version());
        this.limits = exchange.remaining(link.lane().nanos());
    }

    public Future<Void> begin() {
        link.add(this);
        try {
            open(link.output());
        } catch (UnwritableFrameException refused) {
            link.close(this);
            return Future.failedFuture(
                    new Failure(Kind.BAD_REQUEST, Progress.NOTHING, String.valueOf(refused.getMessage())));
        }
        downstream.closeHandler(v -> downstreamClosed());
        exchange.carriedBy(this::giveUp);
        request.begin();
        return answered.future();
    }

    private void open(LinkOutput output) {
        var frame = output.begin();
        Frame.OPEN.begin(frame, id);
        RequestHead.write(frame, exchange, tier, limits);
        output.framed();
        openedIn = output.nextBatch();
    }

    @Override
    public StreamId id() {
        return id;
    }

    @Override
    public long openedIn() {
        return openedIn;
    }

    @Override
    public boolean over() {
        return over;
    }

    @Override
    public void credit(long bytes) {
        request.credit(bytes);
    }

    @Override
    public void stop() {
        request.stop();
    }

    @Override
    public void head(Frame type, ResponseHead arrived) {
        if (over) {
            return;
        }
        if (type != Frame.HEAD) {
            response.inform(arrived);
        } else if (arrived.status() == SWITCHING_PROTOCOLS) {
            upgrade(arrived);
        } else {
            response.head(arrived);
        }
    }

    @Override
    public void arrived(ByteBuf batch, int length) {
        response.arrived(batch, length);
    }

    @Override
    public void arrivedAll(MultiMap trailers) {
        response.arrivedAll(trailers);
    }

    @Override
    public void settle() {
        response.settle();
    }

    @Override
    public void ends(Future<Void> written) {
        request.stop();
        close();
        written.onSuccess(answered::tryComplete)
                .onFailure(cause -> answered.tryFail(downstreamGone(Progress.RESPONSE)));
    }

    @Override
    public void fail(Failure failure) {
        if (!over) {
            request.discard(failure);
            close();
            answered.tryFail(downstream.headWritten() ? failure.after(Progress.RESPONSE) : failure);
        }
    }

    /** The exchange has failed at its entrance: its time is over, its body is too large, or its client is gone. */
    private void giveUp(Failure failure) {
        var message = "member " + link.memberName() + ": " + failure.getMessage();
        cancel(new Failure(failure.kind(), failure.progress(), message));
    }

    /** The stream goes on as a tunnel. */
    private void upgrade(ResponseHead accepted) {
        over = true;
        request.close();
        letGo();
        var tunnel = Tunnel.replace(this, link, limits.idle());
        SocketEnd.connect(tunnel, exchange.request(), accepted.fields()).onComplete(answered);
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

    private void close() {
        over = true;
        request.close();
        response.discard();
        letGo();
        link.close(this);
    }

    private void letGo() {
        downstream.closeHandler(null);
        exchange.carriedBy(null);
    }
}
