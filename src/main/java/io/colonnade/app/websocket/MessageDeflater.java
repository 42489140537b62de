package io.colonnade.app.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionEncoder;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.List;
import java.util.zip.Deflater;

/**
 * Compresses messages (RFC 7692 section 7.2.1), each frame by itself, so that all WebSockets of an event loop share one
 * compressor. Netty's own encoder makes a new compressor of 260 KiB for each message of a WebSocket that keeps no window.
 */
final class MessageDeflater extends WebSocketExtensionEncoder {
    /** Compressing a shorter message costs more than it gains. */
    private static final int LEAST_BYTES = 256;

    /** The first size of a buffer, which doubles until the message fits: what waits for the client is no larger than needed. */
    private static final int FIRST_BYTES = 256;

    /** The length of the tail of each flush; the tail of a message's last flush is not sent. */
    private static final int TAIL_BYTES = 4;

    private static final FastThreadLocal<Deflater> DEFLATER = new FastThreadLocal<>() {
        @Override
        protected Deflater initialValue() {
            return new Deflater(Deflater.BEST_SPEED, true);
        }

        @Override
        protected void onRemoval(Deflater deflater) {
            deflater.end();
        }
    };

    private boolean compressing;

    @Override
    public boolean acceptOutboundMessage(Object message) {
        return message instanceof ContinuationWebSocketFrame
                ? compressing
                : message instanceof TextWebSocketFrame || message instanceof BinaryWebSocketFrame;
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, WebSocketFrame frame, List<Object> out) {
        var content = frame.content();
        var whole = frame.isFinalFragment() && !compressing;
        if (whole && content.readableBytes() < LEAST_BYTES) {
            out.add(frame.retain());
            return;
        }
        var deflated = deflate(ctx.alloc().buffer(FIRST_BYTES), content);
        if (frame.isFinalFragment()) {
            deflated.writerIndex(deflated.writerIndex() - TAIL_BYTES);
        }
        if (whole && deflated.readableBytes() >= content.readableBytes()) {
            deflated.release();
            out.add(frame.retain());
            return;
        }
        out.add(compressed(frame, deflated));
        compressing = !frame.isFinalFragment();
    }

    private static ByteBuf deflate(ByteBuf deflated, ByteBuf content) {
        var deflater = DEFLATER.get();
        deflater.reset();
        deflater.setInput(content.nioBuffer());
        int room;
        int written;
        do {
            room = deflated.ensureWritable(64).writableBytes();
            written = deflater.deflate(deflated.nioBuffer(deflated.writerIndex(), room), Deflater.SYNC_FLUSH);
            deflated.writerIndex(deflated.writerIndex() + written);
        } while (written == room);
        return deflated;
    }

    /** Makes the compressed frame. The first frame of a message has the bit that says it is compressed. */
    private static WebSocketFrame compressed(WebSocketFrame frame, ByteBuf content) {
        var last = frame.isFinalFragment();
        if (frame instanceof ContinuationWebSocketFrame) {
            return new ContinuationWebSocketFrame(last, frame.rsv(), content);
        }
        var rsv = frame.rsv() | WebSocketExtension.RSV1;
        return frame instanceof TextWebSocketFrame
                ? new TextWebSocketFrame(last, rsv, content)
                : new BinaryWebSocketFrame(last, rsv, content);
    }
}
