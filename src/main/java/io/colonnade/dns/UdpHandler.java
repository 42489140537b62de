package io.colonnade.dns;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;

/** Answers datagrams. Used by one thread, for all its sockets. */
@SuppressWarnings("FutureReturnValueIgnored") // UDP does not tell whether a datagram arrives
final class UdpHandler extends ChannelInboundHandlerAdapter {
    /** The largest datagram that is read, in octets; queries are much smaller. */
    static final int LARGEST = 1024;

    private final Responder responder;
    private final DnsFigures figures;
    private final DefectLog defects;
    private final byte[] in = new byte[LARGEST];
    private final byte[] out = new byte[65535];

    UdpHandler(Responder responder, DnsFigures figures, DefectLog defects) {
        this.responder = responder;
        this.figures = figures;
        this.defects = defects;
    }

    @Override
    public boolean isSharable() {
        return true;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var packet = (DatagramPacket) message;
        try {
            answer(context, packet);
        } catch (RuntimeException defect) {
            figures.dropped();
            defects.report(defect);
        } finally {
            packet.release();
        }
    }

    private void answer(ChannelHandlerContext context, DatagramPacket packet) {
        // Responses that do not fit into the socket's buffer would pile up here.
        if (!context.channel().isWritable()) {
            figures.dropped();
            return;
        }
        var length = Math.min(packet.content().readableBytes(), LARGEST);
        packet.content().readBytes(in, 0, length);
        var client = new QueryClient(packet.sender().getAddress().getAddress(), true);
        // A datagram of the full length may have been cut.
        var query = length < LARGEST ? Query.parse(in, length) : null;
        var size = responder.respond(query, client, out);
        if (size > 0) {
            var response = context.alloc().directBuffer(size).writeBytes(out, 0, size);
            context.write(new DatagramPacket(response, packet.sender()), context.voidPromise());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    /** Counts a response that could not be sent, for example because the client's network is not reachable. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        figures.dropped();
    }
}
