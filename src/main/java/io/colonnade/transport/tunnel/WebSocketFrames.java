package io.colonnade.transport.tunnel;

import io.vertx.core.buffer.Buffer;

/** Follows the bytes that a server sends on a WebSocket, to know where one frame ends and the next begins (RFC 6455, section 5.2). */
final class WebSocketFrames {
    private static final int CLOSE = 0x8;
    private static final int FINAL = 0x80;

    /** The node is leaving (RFC 6455 section 7.4.1). */
    static final int GOING_AWAY = 1001;

    /** The service restarts, as registered with IANA. */
    static final int SERVICE_RESTART = 1012;

    /** Bytes of the header that have not passed yet; -1 between frames. */
    private int headerLeft = -1;

    private boolean lengthKnown;
    private long length;
    private boolean closing;

    /** The frame that ends a WebSocket with this code. */
    static Buffer close(int code) {
        return Buffer.buffer(4)
                .appendByte((byte) (FINAL | CLOSE))
                .appendByte((byte) 2)
                .appendUnsignedShort(code);
    }

    void pass(Buffer bytes) {
        for (var at = 0; at < bytes.length(); ) {
            at += step(bytes, at);
        }
    }

    /** Passes only the rest of a frame that is half sent, and returns the number of its bytes; 0 between frames. */
    int passFrame(Buffer bytes) {
        var at = 0;
        while (at < bytes.length() && headerLeft >= 0) {
            at += step(bytes, at);
        }
        return at;
    }

    private int step(Buffer bytes, int at) {
        if (headerLeft != 0) {
            header(bytes.getUnsignedByte(at));
            return 1;
        }
        var skipped = (int) Math.min(length, bytes.length() - at);
        payload(skipped);
        return skipped;
    }

    /** Whether a close frame may be sent now: no frame is half sent, and no close frame was sent before. */
    boolean mayClose() {
        return headerLeft < 0 && !closing;
    }

    private void header(int octet) {
        if (headerLeft < 0) {
            closing |= (octet & 0xF) == CLOSE;
            headerLeft = 1;
            lengthKnown = false;
        } else if (lengthKnown) {
            headerLeft--;
            length = length << 8 | octet;
            payload(0);
        } else {
            lengthKnown = true;
            length(octet & 0x7F);
        }
    }

    /** The length, or the number of bytes in which it follows. Frames of a server are never masked. */
    private void length(int octet) {
        headerLeft = octet == 127 ? 8 : octet == 126 ? 2 : 0;
        length = octet < 126 ? octet : 0;
        payload(0);
    }

    private void payload(int bytes) {
        if (headerLeft == 0) {
            length -= bytes;
            headerLeft = length == 0 ? -1 : 0;
        }
    }
}
