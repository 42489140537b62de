package io.colonnade.transport.frame;

import io.colonnade.core.Role;
import io.netty.buffer.ByteBuf;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;

/** An OPEN frame for which there is no exchange. */
public final class OpenFrame {
    /** Writes the frame of a stream whose request is for the target. */
    public static void write(ByteBuf to, StreamId stream, String target) {
        write(to, stream, target, MultiMap.caseInsensitiveMultiMap());
    }

    /** Writes the frame of a stream whose request is for the target, with these fields. */
    public static void write(ByteBuf to, StreamId stream, String target, MultiMap fields) {
        Frame.OPEN.begin(to, stream);
        EnumCodec.write(to, Role.APP);
        Text.write(to, "r1");
        Text.write(to, "test");
        Text.write(to, "0");
        Varint.write(to, 1000);
        Varint.write(to, 1000);
        EnumCodec.write(to, HttpVersion.HTTP_1_1);
        to.writeByte(0);
        Text.write(to, "GET");
        Text.write(to, target);
        Text.write(to, "localhost");
        PeerAddress.write(to, SocketAddress.inetSocketAddress(1, "127.0.0.1"));
        PeerAddress.write(to, SocketAddress.inetSocketAddress(2, "127.0.0.1"));
        Fields.write(to, fields);
    }

    /** Reads the length of a frame, and its type. */
    public static Frame type(ByteBuf from) {
        FrameLength.read(from);
        return Frame.type(from);
    }

    private OpenFrame() {}
}
