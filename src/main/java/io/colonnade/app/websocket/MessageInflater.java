package io.colonnade.app.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionDecoder;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates messages (RFC 7692 section 7.2.2), each by itself, up to a size. Netty's own decoder limits single frames only, and fails
 * at a fragment that is too short to give a byte.
 */
final class MessageInflater extends WebSocketExtensionDecoder {
    /** What a sender leaves out at the end of a message. */
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private static final int LEAST_ROOM = 256;

    private final int maxMessage;
    private @Nullable Inflater inflater;
    private int left;

    MessageInflater(int maxMessage) {
        this.maxMessage = maxMessage;
    }

    /** Checks the reserved bits of all frames. They are for the first frame of a message, and RSV1 is the only one in use. */
    @Override
    public boolean acceptInboundMessage(Object message) {
        if (!(message instanceof WebSocketFrame frame)) {
            return false;
        }
        var begins = frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
        if (frame.rsv() != 0 && !(begins && frame.rsv() == WebSocketExtension.RSV1)) {
            frame.release();
            throw new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.PROTOCOL_ERROR, "a reserved bit is set that has no meaning here");
        }
        return begins ? frame.rsv() != 0 : frame instanceof ContinuationWebSocketFrame && inflater != null;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, WebSocketFrame frame, List<Object> out) {
        var open = inflater;
        if (open == null) {
            open = new Inflater(true);
            inflater = open;
            left = maxMessage;
        }
        var last = frame.isFinalFragment();
        var inflated = ctx.alloc().buffer(Math.min(left, frame.content().readableBytes() * 2) + LEAST_ROOM);
        var whole = false;
        try {
            var content = new byte[frame.content().readableBytes()];
            frame.content().readBytes(content);
            inflate(open, content, inflated);
            if (last) {
                inflate(open, TAIL, inflated);
            }
            whole = true;
            out.add(like(frame, last, inflated));
        } catch (DataFormatException malformed) {
            throw new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "the message cannot be inflated", malformed);
        } finally {
            if (!whole) {
                inflated.release();
            }
            if (last || !whole) {
                end();
            }
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) throws Exception {
        end();
        super.handlerRemoved(ctx);
    }

    private void inflate(Inflater open, byte[] content, ByteBuf inflated) throws DataFormatException {
        open.setInput(content);
        int room;
        int written;
        do {
            beginAfterEnd(open, content);
            room = inflated.ensureWritable(LEAST_ROOM).writableBytes();
            written = open.inflate(inflated.nioBuffer(inflated.writerIndex(), room));
            inflated.writerIndex(inflated.writerIndex() + written);
            left -= written;
            if (left < 0) {
                throw new CorruptedWebSocketFrameException(
                        WebSocketCloseStatus.MESSAGE_TOO_BIG, ClientFrames.messageLimit(maxMessage));
            }
        } while (written == room || (open.finished() && open.getRemaining() > 0));
    }

    /** Goes on after a block that says it is the last one, which a sender may use (RFC 7692 section 7.2.3.4). */
    private static void beginAfterEnd(Inflater open, byte[] content) {
        if (open.finished()) {
            var rest = open.getRemaining();
            open.reset();
            open.setInput(content, content.length - rest, rest);
        }
    }

    private void end() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }

    /** A frame of the same kind, without reserved bits. */
    static WebSocketFrame like(WebSocketFrame frame, boolean last, ByteBuf content) {
        if (frame instanceof ContinuationWebSocketFrame) {
            return new ContinuationWebSocketFrame(last, 0, content);
        }
        return frame instanceof TextWebSocketFrame
                ? new TextWebSocketFrame(last, 0, content)
                : new BinaryWebSocketFrame(last, 0, content);
    }
}
