package io.colonnade.balancer;

import io.colonnade.core.Departure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.GoingAway;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client: where it is in its exchange, and since when. It sits in the Netty pipeline between codec and
 * Vert.x, as only there every response passes, whoever wrote it and whatever handlers it set.
 *
 * <p>It ends as clients need it: after a last response it stops sending, and reads on for a moment, since closing with
 * unread bytes would have the kernel throw away what the client has not yet read (RFC 9112 section 9.6).
 */
@SuppressWarnings("FutureReturnValueIgnored") // of Netty's writes: a connection that fails one is closed
final class Downstream extends ChannelDuplexHandler {
    private static final AttributeKey<Downstream> KEY = AttributeKey.valueOf(Downstream.class, "downstream");
    private static final CharSequence NODE = HttpHeaders.createOptimized("x-balancer-node");

    private static final String EVENT_STREAM = "text/event-stream";

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

    private final Lane lane;
    private final Channel channel;
    private final Peer peer;
    private final BodyLimit bodyLimit = new BodyLimit();
    private final Expectation expectation = new Expectation();
    private final Cork cork;

    private Phase phase = Phase.IDLE;
    private long since;
    private long unsent;
    private boolean bytesCame;
    private boolean decoded;
    private boolean keepAlive = true;
    private boolean last;
    private boolean eventStream;
    private boolean leaving;
    private final Departure departure = new Departure();
    private String id = "-";
    private @Nullable HttpServerRequest request;
    private @Nullable ChannelHandlerContext context;

    private Downstream(Lane lane, Channel channel, Peer peer) {
        this.lane = lane;
        this.channel = channel;
        this.peer = peer;
        this.cork = new Cork(channel);
        this.since = lane.now();
    }

    /** @param parser limits of heads that are newer than the server's; null if there are none */
    static void attach(Lane lane, HttpConnection connection, @Nullable HttpServerOptions parser) {
        var channel = ((ConnectionBase) connection).channel();
        var ip = connection.remoteAddress().hostAddress();
        var peer = new Peer(ip == null ? "unknown" : ip, connection.isSsl() ? "https" : "http", lane.trustedProxies());
        var downstream = new Downstream(lane, channel, peer);
        channel.attr(KEY).set(downstream);
        channel.pipeline().addFirst(downstream.new ByteWatch()).addBefore("handler", "downstream", downstream);
        if (parser != null) {
            channel.pipeline().replace("httpDecoder", "httpDecoder", new VertxHttpRequestDecoder(parser));
        }
        lane.add(downstream);
    }

    static Downstream of(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel().attr(KEY).get();
    }

    Peer peer() {
        return peer;
    }

    /** The id of the exchange in progress, or of the one before. */
    String id() {
        return id;
    }

    /** It is this request's turn. Requests that arrive after the last response are nobody's. */
    boolean begin(HttpServerRequest next, String nextId, boolean clientKeepsAlive) {
        if (last) {
            return false;
        }
        request = next;
        id = nextId;
        keepAlive = clientKeepsAlive;
        phase = Phase.EXCHANGE;
        since = lane.now();
        lane.begun();
        return true;
    }

    /** The response that has not begun yet is the connection's last one. */
    void closeAfterResponse() {
        last = true;
    }

    /**
     * Ends a response that has begun, and the connection, so that the client cannot take what it got for a whole response. A
     * stream of events is whole at any point: its client drops half an event and connects again.
     */
    void abort() {
        lane.erred();
        if (isEventStream()) {
            endEventStream();
            return;
        }
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        closeNow();
    }

    void closeNow() {
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        decoded = true;
        since = lane.now();
        if (phase == Phase.LINGER) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message == LastHttpContent.EMPTY_LAST_CONTENT) {
            expectation.end();
        } else if (message instanceof HttpRequest head) {
            expectation.start();
            bodyLimit.start(head, lane.config().maxBody());
        } else if (message instanceof HttpContent content && bodyLimit.exceededBy(content) && phase == Phase.EXCHANGE) {
            ReferenceCountUtil.release(message);
            failCurrent(Kind.BODY_TOO_LARGE);
            return;
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (phase == Phase.IDLE && bytesCame && !decoded) {
            phase = Phase.HEAD;
            since = lane.now();
        }
        bytesCame = false;
        decoded = false;
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        lane.remove(this);
        if (phase == Phase.EXCHANGE || phase == Phase.TUNNEL) {
            lane.ended();
        }
        phase = Phase.LINGER;
        ctx.fireChannelInactive();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        since = lane.now();
        if (phase == Phase.LINGER) {
            drop(message, promise);
            return;
        }
        if (message instanceof HttpResponse head && !begins(head)) {
            inform(ctx, head, promise);
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

    /** What a site goes on to write to a stream of events that was ended for it. */
    private static void drop(Object message, ChannelPromise promise) {
        ReferenceCountUtil.release(message);
        promise.trySuccess();
    }

    /** Prepares the head of a final response; an informational one (1xx) passes as it is. */
    private boolean begins(HttpResponse head) {
        var status = head.status();
        if (status.code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            phase = Phase.TUNNEL;
        }
        if (status.code() < HttpResponseStatus.OK.code()) {
            return false;
        }
        if (status.code() >= HttpResponseStatus.INTERNAL_SERVER_ERROR.code()) {
            lane.erred();
        }
        if (head.headers() instanceof MultiMap fields) {
            prepare(fields, head.protocolVersion());
        }
        return true;
    }

    /** A client of HTTP/1.0 would take an informational response for the final one (RFC 9110 section 15.2). */
    private void inform(ChannelHandlerContext ctx, HttpResponse head, ChannelPromise promise) {
        if (head.status().equals(HttpResponseStatus.CONTINUE)) {
            expectation.meet();
        }
        if (request != null && request.version() == io.vertx.core.http.HttpVersion.HTTP_1_0) {
            ReferenceCountUtil.release(head);
            promise.setSuccess();
        } else {
            ctx.write(head, promise);
        }
    }

    private void prepare(MultiMap fields, HttpVersion version) {
        HopByHop.stripResponse(fields);
        last |= lane.isDraining() || (request != null && expectation.unmet(request));
        if (last || !keepAlive) {
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (version.equals(HttpVersion.HTTP_1_0)) {
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        if (!fields.contains(HttpHeaderNames.DATE)) {
            fields.set(HttpHeaderNames.DATE, lane.httpDate());
        }
        var type = fields.get(HttpHeaderNames.CONTENT_TYPE);
        eventStream = type != null && type.startsWith(EVENT_STREAM);
        var node = lane.nodeName();
        if (node != null) {
            fields.set(NODE, node);
        }
    }

    private void ended() {
        phase = Phase.IDLE;
        cork.pull();
        lane.ended();
        if (last) {
            linger();
        }
    }

    /** Stops sending once all is sent; {@link #check} closes. */
    private void linger() {
        phase = Phase.LINGER;
        last = true;
        since = lane.now();
        channel.config().setAutoRead(true);
        channel.eventLoop().execute(this::sendRest);
    }

    private void sendRest() {
        if (context != null) {
            context.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(sent -> ((DuplexChannel) channel).shutdownOutput());
        }
    }

    /** Vert.x closes right after a response it knows to be the last one: not before the client has read it. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (phase == Phase.LINGER && channel.isActive()) {
            channel.closeFuture().addListener(closed -> promise.trySuccess());
        } else {
            ctx.close(promise);
        }
    }

    /** Enforces the time limits. */
    void check(long now) {
        var config = lane.config();
        switch (phase) {
            case IDLE -> checkIdle(now);
            case HEAD -> {
                if (now - since > config.headTimeout().toNanos()) {
                    refuseSlowHead();
                }
            }
            case EXCHANGE -> checkExchange(now);
            case TUNNEL -> {
                noticeSending(now);
                if (now - since > config.idleTimeout().toNanos()) {
                    closeNow();
                } else if (!leaving && departure.isDue(lane.window(), now)) {
                    leaving = true;
                    GoingAway.close(channel);
                }
            }
            case LINGER -> {
                if (now - since > Lane.LINGER_NANOS) {
                    closeNow();
                }
            }
        }
    }

    private void checkIdle(long now) {
        if (now - Math.max(since, lane.drainingSince()) > lane.idleNanos()) {
            linger();
        } else if (request != null && !request.isEnded()) {
            request.resume(); // nobody will read the rest of its body, and the next request is behind it
        } else {
            request = null;
        }
    }

    private void checkExchange(long now) {
        noticeSending(now);
        var config = lane.config();
        var idle = now - since;
        if (isEventStream() && departure.isDue(lane.window(), now)) {
            endEventStream();
        } else if (request == null || request.response().headWritten()) {
            if (idle > config.idleTimeout().toNanos()) {
                lane.stalled(this);
            }
        } else if (!request.isEnded()) {
            if (idle > config.idleTimeout().toNanos()) {
                failCurrent(channel.config().isAutoRead() ? Kind.REQUEST_TIMEOUT : Kind.RESPONSE_TIMEOUT);
            }
        } else if (idle > config.responseTimeout().toNanos()) {
            failCurrent(Kind.RESPONSE_TIMEOUT);
        }
    }

    private boolean isEventStream() {
        return eventStream && request != null && request.response().headWritten();
    }

    /** It would go on for ever. Its client connects again, to another node; for its site the client has gone. */
    private void endEventStream() {
        last = true;
        if (context != null) {
            context.write(LastHttpContent.EMPTY_LAST_CONTENT);
        }
        ended();
    }

    private void failCurrent(Kind kind) {
        if (request != null) {
            lane.fail(this, request, kind);
        }
    }

    /** A slow reader takes bytes without anything being written. */
    private void noticeSending(long now) {
        var buffer = channel.unsafe().outboundBuffer();
        var left = buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
        if (left != unsent) {
            unsent = left;
            since = now;
        }
    }

    private void refuseSlowHead() {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.REQUEST_TIMEOUT, Unpooled.EMPTY_BUFFER);
        HttpUtil.setContentLength(response, 0);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        lane.refused(Kind.REQUEST_TIMEOUT);
        if (context != null) {
            context.write(response);
        }
        linger();
    }

    /** Notes that bytes came before the decoder makes messages of them. */
    private final class ByteWatch extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            bytesCame = true;
            ctx.fireChannelRead(bytes);
        }
    }
}
