package io.colonnade.dns;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.InetSocketAddress;

/**
 * Answers the queries of one connection (RFC 7766), each as soon as it is read. If the client does not read its responses, no more
 * queries are read from it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a connection that fails is closed, which is all that has to be done
final class TcpHandler extends ChannelInboundHandlerAdapter {
    private final Responder responder;
    private final Transfers transfers;
    private final DnsFigures figures;
    private final DefectLog defects;
    private final byte[] out;

    /** @param out the buffer in which responses are made, one at a time; all connections share it */
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

    /** Closes a connection that broke, or that sent a malformed frame. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
