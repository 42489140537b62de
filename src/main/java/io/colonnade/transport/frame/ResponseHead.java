package io.colonnade.transport.frame;

import io.netty.buffer.ByteBuf;
import io.vertx.core.MultiMap;

/** What a HEAD or INFORM frame says of a response. The field {@code transfer-encoding: chunked} means that the length is not known. */
public record ResponseHead(int status, MultiMap fields) {
    public static void write(ByteBuf to, int status, MultiMap fields) {
        Varint.write(to, status);
        Fields.write(to, fields);
    }

    public static ResponseHead read(ByteBuf from, TextCache texts) {
        return new ResponseHead(Varint.read(from, 999), Fields.read(from, texts));
    }
}
