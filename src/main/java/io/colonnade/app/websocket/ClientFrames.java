package io.colonnade.app.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client's frames and Vert.x's WebSocket, and does what Vert.x leaves out:
 *
 * <ul>
 *   <li>Of the pings of a client that does not read, the last alone is answered (RFC 6455 section 5.5.3), and no more is read from
 *       that client before it reads. Vert.x would hold an answer to each.
 *   <li>What the client may not send is answered with a close frame that says why.
 *   <li>Frames of a message that are empty are left out, as Vert.x loses what follows an empty first one.
 *   <li>A silent client is pinged, and the WebSocket is closed if there is no answer.
 * </ul>
 */
@SuppressWarnings("FutureReturnValueIgnored") // of Netty's writes: a connection that fails one is closed
final class ClientFrames extends ChannelDuplexHandler {
    /** How long a client may take to answer a ping. */
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** How long the client's close frame is waited for after an error. Until then what it sends is read and dropped. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final ByteBuf PING =
            Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(new byte[] {'i', 'd', 'l', 'e'}));

    private final WebSocketLimits limits;
    private final Silence silence;
    private @Nullable PingWebSocketFrame unanswered;
    private @Nullable WebSocketFrame emptyStart;
    private long messageBytes;
    private boolean closeSent;
    private boolean closeReceived;
    private boolean failed;
    private boolean stopped;

    ClientFrames(WebSocketLimits limits) {
        this.limits = limits;
        this.silence = new Silence(limits.ping(), ANSWER_NANOS);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        silence.begin(ctx.executor(), () -> ping(ctx), () -> {
            fail(ctx, WebSocketCloseStatus.ENDPOINT_UNAVAILABLE, "no answer to a ping");
        });
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        silence.end();
        ReferenceCountUtil.release(unanswered);
        unanswered = null;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (failed || closeReceived) {
            ReferenceCountUtil.release(message);
            if (message instanceof CloseWebSocketFrame) {
                ctx.close();
            }
            return;
        }
        if (message instanceof PingWebSocketFrame ping) {
            pinged(ctx, ping);
        } else if (message instanceof PongWebSocketFrame pong && pong.content().equals(PING)) {
            pong.release();
        } else if (message instanceof WebSocketFrame frame && isData(frame)) {
            received(ctx, frame);
        } else {
            closeReceived = message instanceof CloseWebSocketFrame;
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        silence.heard();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.fireChannelWritabilityChanged();
        var ping = unanswered;
        if (ping != null && ctx.channel().isWritable()) {
            unanswered = null;
            ctx.fireChannelRead(ping);
            ctx.fireChannelReadComplete();
        }
        if (stopped && ctx.channel().isWritable()) {
            stopped = false;
            ctx.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (failed) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        silence.spoken();
        closeSent |= message instanceof CloseWebSocketFrame;
        ctx.write(message, promise);
    }

    /** Says why in a close frame if the client has sent what it may not send. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof CorruptedWebSocketFrameException corrupted)) {
            ctx.fireExceptionCaught(cause);
        } else {
            var reason = String.valueOf(corrupted.getMessage());
            fail(ctx, corrupted.closeStatus(), reason.startsWith("Max frame length") ? frameLimit() : reason);
        }
    }

    private static boolean isData(WebSocketFrame frame) {
        return frame instanceof TextWebSocketFrame
                || frame instanceof BinaryWebSocketFrame
                || frame instanceof ContinuationWebSocketFrame;
    }

    private void pinged(ChannelHandlerContext ctx, PingWebSocketFrame ping) {
        if (ctx.channel().isWritable()) {
            ctx.fireChannelRead(ping);
            return;
        }
        if (unanswered != null) {
            unanswered.release();
            stop(ctx);
        }
        unanswered = ping;
    }

    /**
     * Vert.x has no say meanwhile: what was read already waits in the handler before, so that Vert.x finds no reason to stop too. But
     * neither does it hear of the end of the read, at which it would flush.
     */
    private void stop(ChannelHandlerContext ctx) {
        if (ctx.channel().config().isAutoRead()) {
            stopped = true;
            ctx.channel().config().setAutoRead(false);
            ctx.executor().execute(ctx::flush);
        }
    }

    private void received(ChannelHandlerContext ctx, WebSocketFrame frame) {
        var bytes = frame.content().readableBytes();
        messageBytes += bytes;
        if (messageBytes > limits.maxMessage()) {
            frame.release();
            fail(ctx, WebSocketCloseStatus.MESSAGE_TOO_BIG, messageLimit(limits.maxMessage()));
            return;
        }
        if (bytes == 0 && !frame.isFinalFragment()) {
            emptyStart = frame instanceof ContinuationWebSocketFrame ? emptyStart : frame;
            frame.release();
            return;
        }
        var start = emptyStart;
        emptyStart = null;
        messageBytes = frame.isFinalFragment() ? 0 : messageBytes;
        ctx.fireChannelRead(
                start == null ? frame : MessageInflater.like(start, frame.isFinalFragment(), frame.content()));
    }

    /** A client that the site does not read from at present cannot be heard. */
    private boolean ping(ChannelHandlerContext ctx) {
        var channel = ctx.channel();
        if (failed || closeSent || !channel.config().isAutoRead() || !channel.isWritable()) {
            return false;
        }
        ctx.writeAndFlush(new PingWebSocketFrame(PING.duplicate()));
        return true;
    }

    private String frameLimit() {
        return "a frame may have " + limits.maxFrame() + " bytes at most (app.max-websocket-frame)";
    }

    static String messageLimit(int bytes) {
        return "a message may have " + bytes + " bytes at most (app.max-websocket-message)";
    }

    private void fail(ChannelHandlerContext ctx, WebSocketCloseStatus status, String reason) {
        if (failed) {
            return;
        }
        failed = true;
        silence.end();
        if (!closeSent) {
            ctx.writeAndFlush(new CloseWebSocketFrame(status, reason));
        }
        ctx.channel().config().setAutoRead(true);
        ctx.executor().schedule(() -> ctx.close(), LINGER_NANOS, TimeUnit.NANOSECONDS);
    }
}
