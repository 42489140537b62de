package io.colonnade.transport.frame;

import io.netty.buffer.ByteBuf;
import io.vertx.core.net.SocketAddress;

/** One end of a client's connection as it is sent. It is parsed only on demand, because few sites ask for it. */
public record PeerAddress(String host, int port) {
    static void write(ByteBuf to, SocketAddress address) {
        Text.write(to, address.hostAddress());
        Varint.write(to, address.port());
    }

    static PeerAddress read(ByteBuf from, TextCache texts) {
        return new PeerAddress(texts.read(from).toString(), Varint.read(from, 65535));
    }

    public SocketAddress toSocketAddress() {
        return SocketAddress.inetSocketAddress(port, host);
    }
}
