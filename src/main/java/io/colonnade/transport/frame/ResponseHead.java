package io.colonnade.transport.frame;

import io.netty.buffer.ByteBuf;
import io.vertx.core.MultiMap;

/** What a HEAD or INFORM frame says of a response. The field {@code transfer-encoding: chunked} means that the length is not known. */
public record ResponseHead(int status, MultiMap fields) {
    private static final int LEAST_STATUS = 100;
    private static final int MOST_STATUS = 999;

    /** Writes the head; throws {@link UnwritableFrameException} if the status does not have three digits, or a field has no name. */
    public static void write(ByteBuf to, int status, MultiMap fields) {
        if (status < LEAST_STATUS || status > MOST_STATUS) {
            throw new UnwritableFrameException("a response has the status " + status + ", which HTTP does not have");
        }
        Varint.write(to, status);
        Fields.write(to, fields);
    }

    public static ResponseHead read(ByteBuf from, TextCache texts) {
        return new ResponseHead(Varint.read(from, MOST_STATUS), Fields.read(from, texts));
    }
}
