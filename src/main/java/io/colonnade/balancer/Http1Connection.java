package io.colonnade.balancer;

import io.colonnade.core.Failure.Kind;
import io.colonnade.core.GoingAway;
import io.colonnade.core.LastingResponses.Lasting;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection that speaks HTTP/1: where it is in its exchange, and since when. It sits in the Netty pipeline between codec and
 * Vert.x, as only there the last byte of every response passes, and what comes before the head of a request.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of Netty's writes: a connection that fails one is closed
final class Http1Connection extends ChannelDuplexHandler implements ClientConnection, Lasting {
    private enum Phase {
        /** Between requests. */
        IDLE,
        /** Some of a head has arrived. */
        HEAD,
        EXCHANGE,
        /** Upgraded to WebSocket. */
        TUNNEL,
        /** The last response has been sent. */
        LINGER
    }

    private final ConnectionLane lane;
    private final Channel channel;
    private final Peer peer;
    private final ArrivingBody arriving = new ArrivingBody();
    private final Cork cork;
    private final LingeringClose lingering;
    private final LastActivity activity;
    private final HeadWatch heads;
    private final BodyPace pace = new BodyPace(BodyPace.GRACE_NANOS);
    private final HalfClosure halfClosure = new HalfClosure();

    private Phase phase = Phase.IDLE;
    private boolean keepAlive = true;
    private boolean last;
    private long idleSince;
    private @Nullable HttpServerRequest request;
    private @Nullable ClientExchange exchange;
    private @Nullable ChannelHandlerContext context;

    Http1Connection(ConnectionLane lane, Channel channel, Peer peer, HeadWatch heads) {
        this.lane = lane;
        this.channel = channel;
        this.peer = peer;
        this.heads = heads;
        this.cork = new Cork(channel);
        this.lingering = new LingeringClose(channel);
        this.activity = new LastActivity(channel, lane.now());
    }

    /** It is this request's turn. Null if it arrived after the last response: such requests are nobody's. */
    @Nullable
    ClientExchange begin(HttpServerRequest next, String id, boolean clientKeepsAlive) {
        if (last) {
            return null;
        }
        request = next;
        keepAlive = clientKeepsAlive;
        arriving.begin();
        pace.begin(lane.now());
        phase = Phase.EXCHANGE;
        activity.moved(lane.now());
        var begun = new ClientExchange(this, next, id);
        exchange = begun;
        return begun;
    }

    /** Why the request whose turn it is must be refused for its body, as far as that has come; null if it need not. */
    @Nullable
    Kind bodyRefusal() {
        return arriving.refusal();
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public ConnectionLane lane() {
        return lane;
    }

    @Override
    public void completeHead(MultiMap fields) {
        last |= lane.isDraining() || (request != null && arriving.isUnasked(request));
        if (last || !keepAlive) {
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (request != null && request.version() == HttpVersion.HTTP_1_0) {
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }

    @Override
    public void endAfterResponse() {
        last = true;
    }

    @Override
    public void cut(ClientExchange broken) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        closeNow();
    }

    @Override
    public void closeNow() {
        if (context != null) {
            context.close();
        }
    }

    @Override
    public long lastActivity(ClientExchange any, long now) {
        return activity.last(now);
    }

    @Override
    public boolean awaitsRequest(ClientExchange any) {
        return channel.config().isAutoRead();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        heads.decoded();
        activity.moved(lane.now());
        if (phase == Phase.LINGER) {
            lingering.drop(message);
            return;
        }
        if (message instanceof HttpRequest head) {
            ArrivingHead.check(head);
            arriving.start(head, lane.config().maxBody());
        } else if (message instanceof HttpContent content && arriving.refuses(content)) {
            ReferenceCountUtil.release(message);
            arriving.fail(exchange);
            return;
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (heads.headBegins() && phase == Phase.IDLE) {
            phase = Phase.HEAD;
            activity.moved(lane.now());
        }
        ctx.fireChannelReadComplete();
    }

    /** The client has stopped sending. What has arrived whole is answered, as the client may still read; all else is over. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            halfClosure.happen(lane.now());
            var waits = !lane.config().halfClosedTimeout().isZero() && arriving.isWholeForTheExchange();
            var answered = phase == Phase.EXCHANGE ? waits : phase == Phase.LINGER && lingering.isSending();
            if (!answered) {
                closeNow();
            }
        } else if (event != ChannelInputShutdownReadComplete.INSTANCE) {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        lane.remove(this);
        if (phase == Phase.TUNNEL) {
            lane.lasting().remove(this);
        }
        phase = Phase.LINGER;
        var broken = exchange;
        endExchange();
        try {
            if (broken != null) {
                broken.clientGone();
            }
        } finally {
            ctx.fireChannelInactive();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        activity.moved(lane.now());
        if (phase == Phase.LINGER) {
            lingering.drop(message, promise);
            return;
        }
        if (message instanceof HttpResponse head && head.status().code() < HttpResponseStatus.OK.code()) {
            noticeInformation(head.status());
            ctx.write(message, promise);
            return;
        }
        if (message instanceof FileRegion) {
            cork.put();
        }
        ctx.write(message, promise);
        if (phase == Phase.EXCHANGE && message instanceof LastHttpContent) {
            ended();
        }
    }

    private void noticeInformation(HttpResponseStatus status) {
        if (status.code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            phase = Phase.TUNNEL;
            lane.lasting().add(this);
        } else if (status.code() == HttpResponseStatus.CONTINUE.code()) {
            arriving.meet();
        }
    }

    private void ended() {
        phase = Phase.IDLE;
        idleSince = lane.now();
        cork.pull();
        endExchange();
        if (last) {
            linger();
        }
    }

    private void endExchange() {
        if (exchange != null) {
            exchange.ended();
            exchange = null;
        }
    }

    /** Stops sending once all is sent; {@link #check} closes. */
    private void linger() {
        phase = Phase.LINGER;
        last = true;
        activity.moved(lane.now());
        lingering.begin(context, lane.now());
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (phase != Phase.LINGER || !lingering.holdsBack(promise)) {
            ctx.close(promise);
        }
    }

    @Override
    public void check(long now) {
        switch (phase) {
            case IDLE -> checkIdle(now);
            case HEAD -> {
                if (now - activity.known() > lane.config().headTimeout().toNanos()) {
                    refuseSlowHead();
                }
            }
            case EXCHANGE -> checkExchange(now);
            case TUNNEL -> {
                if (activity.silence(now) > lane.config().idleTimeout().toNanos()) {
                    closeNow();
                }
            }
            case LINGER -> {
                if (lingering.isOver(now, activity.known(), lane.config().minRate())) {
                    closeNow();
                }
            }
        }
    }

    /** While a tier answers, the time limits are those of the exchange; after that a client may still not read what was written. */
    private void checkExchange(long now) {
        var current = exchange;
        var config = lane.config();
        if (current == null) {
            return;
        }
        if (halfClosure.isGone(current, now, config.halfClosedTimeout())) {
            current.clientGone();
            closeNow();
        } else if (isTooSlow(current, now, config.minRate())) {
            current.fail(Kind.REQUEST_TIMEOUT, "the body came more slowly than balancer.min-rate");
        } else if (current.isAnswered()
                && activity.silence(now) > config.idleTimeout().toNanos()) {
            lane.erred();
            cut(current);
        }
    }

    private boolean isTooSlow(ClientExchange current, long now, long leastRate) {
        return !current.response().headWritten()
                && arriving.isAwaited(current.request())
                && pace.isTooSlow(now, awaitsRequest(current), arriving.bytes(), leastRate);
    }

    private void checkIdle(long now) {
        if (halfClosure.hasHappened() || now - Math.max(activity.known(), lane.drainingSince()) > lane.idleNanos()) {
            linger();
        } else if (request != null && !request.isEnded() && now - idleSince > LingeringClose.LONGEST_NANOS) {
            closeNow();
        } else if (request != null && !request.isEnded()) {
            request.resume(); // nobody will read the rest of its body, and the next request is behind it
        } else {
            request = null;
        }
    }

    private void refuseSlowHead() {
        if (context != null) {
            context.write(lane.refuseHead(Kind.REQUEST_TIMEOUT));
        }
        linger();
    }

    /** Ends the upgraded connection, as the node is leaving. */
    @Override
    public void leave() {
        GoingAway.close(channel);
    }
}
