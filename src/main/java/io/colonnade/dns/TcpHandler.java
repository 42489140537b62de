package io.colonnade.dns;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.InetSocketAddress;

/**
 * Answers the queries of one connection, as many as it sends (RFC 7766), each at once. Responses that the client does not take
 * stop the reading of further queries.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a connection that fails is closed, and nothing else follows from it
final class TcpHandler extends ChannelInboundHandlerAdapter {
    private final Responder responder;
    private final Transfers transfers;
    private final DnsFigures figures;
    private final DefectLog defects;
    private final byte[] out;

    /** @param out where responses are made, one at a time, for all connections */
    TcpHandler(Responder responder, Transfers transfers, DnsFigures figures, DefectLog defects, byte[] out) {
        this.responder = responder;
        this.transfers = transfers;
        this.figures = figures;
        this.defects = defects;
        this.out = out;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var frame = (ByteBuf) message;
        try {
            answer(context, frame);
        } catch (RuntimeException defect) {
            figures.dropped();
            defects.report(defect);
            context.close();
        } finally {
            frame.release();
        }
    }

    private void answer(ChannelHandlerContext context, ByteBuf frame) {
        var bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes);
        var remote = (InetSocketAddress) context.channel().remoteAddress();
        var client = new QueryClient(remote.getAddress().getAddress(), false);
        var query = Query.parse(bytes, bytes.length);
        if (query != null && transfers.isAllowed(query, client)) {
            transfers.send(query, client).forEach(part -> write(context, part, part.length));
            return;
        }
        var size = responder.respond(query, client, out);
        if (size > 0) {
            write(context, out, size);
        } else {
            context.close();
        }
    }

    private static void write(ChannelHandlerContext context, byte[] message, int size) {
        context.write(context.alloc().buffer(2 + size).writeShort(size).writeBytes(message, 0, size));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            context.close();
        }
    }

    /** A connection that broke, or a frame that is none. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
