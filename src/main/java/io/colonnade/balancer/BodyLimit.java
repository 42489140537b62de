package io.colonnade.balancer;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;

/** Counts the bytes of a chunked body; one that says its length is refused before any of it is read. */
final class BodyLimit {
    private long most;
    private boolean counting;
    private long bytes;

    /** @param most bytes; 0 is no limit */
    static boolean exceeded(long most, long contentLength) {
        return most > 0 && contentLength > most;
    }

    /** @param limit bytes of this request's body; 0 is no limit */
    void start(HttpRequest head, long limit) {
        most = limit;
        counting = most > 0 && HttpUtil.isTransferEncodingChunked(head);
        bytes = 0;
    }

    /** True once, with the content that is too much. */
    boolean exceededBy(HttpContent content) {
        if (!counting || content == LastHttpContent.EMPTY_LAST_CONTENT) {
            return false;
        }
        bytes += content.content().readableBytes();
        counting = bytes <= most;
        return !counting;
    }
}
