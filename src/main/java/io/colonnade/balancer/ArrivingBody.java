package io.colonnade.balancer;

import io.colonnade.core.Failure.Kind;
import io.colonnade.core.ListField;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What arrives of the body of a request of HTTP/1: whether it is too large or broken, and whether its client waits to be asked for it. A
 * pipelined request may arrive before its turn has come, while the one before is answered.
 */
final class ArrivingBody {
    private long most;
    private boolean counting;
    private long bytes;
    private long heads;
    private long begun;
    private long refused;
    private @Nullable Kind refusal;
    private boolean whole;
    private boolean met;

    /** Whether a length, as a client announces it, is over the limit; a limit of 0 bytes is none. */
    static boolean exceeds(long most, long contentLength) {
        return most > 0 && contentLength > most;
    }

    /**
     * The head of a request has arrived. One that announces a length is refused before any of its body is read, so only the limit of
     * a chunked one is looked at later.
     *
     * @param limit bytes of this request's body; 0 is no limit
     */
    void start(HttpRequest head, long limit) {
        heads++;
        most = limit;
        counting = most > 0 && HttpUtil.isTransferEncodingChunked(head);
        bytes = 0;
        whole = false;
        met = false;
    }

    /** Takes what has come. True once, with the content that is too much, and with one that is none: its chunks cannot be read. */
    boolean refuses(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            refuse(Kind.BAD_REQUEST);
            return true;
        }
        whole = content instanceof LastHttpContent;
        bytes += content.content().readableBytes();
        if (!counting) {
            return false;
        }
        counting = bytes <= most;
        if (!counting) {
            refuse(Kind.BODY_TOO_LARGE);
        }
        return !counting;
    }

    private void refuse(Kind kind) {
        refused = heads;
        refusal = kind;
    }

    /** Whether all has come of the request whose turn it is. */
    boolean isWholeForTheExchange() {
        return whole || !isOfTheExchange();
    }

    /** Whether the client of that request owes something of its body. */
    boolean isAwaited(HttpServerRequest request) {
        return !isWholeForTheExchange() && !isUnasked(request);
    }

    /** What has come of its body. */
    long bytes() {
        return bytes;
    }

    /** It is the turn of the next request. */
    void begin() {
        begun++;
    }

    /** Whether what arrives is of the request whose turn it is. */
    boolean isOfTheExchange() {
        return heads == begun;
    }

    /** Why the request whose turn it is must be refused; null if what has come of its body is well. */
    @Nullable
    Kind refusal() {
        return refused == begun && begun > 0 ? refusal : null;
    }

    /** Fails the exchange whose turn it is if it is that one's body that was refused. */
    void fail(@Nullable ClientExchange exchange) {
        var kind = refusal();
        if (exchange != null && kind != null) {
            exchange.fail(kind, reason(kind));
        }
    }

    /** What is said of a refusal. */
    static String reason(Kind refusal) {
        return refusal == Kind.BODY_TOO_LARGE
                ? "the body is larger than balancer.max-body"
                : "the chunks of the body cannot be read";
    }

    /** The body has been asked for. */
    void meet() {
        met = true;
    }

    /**
     * Whether the request is answered without its body having been asked for, which its client waits with (RFC 9110 section 10.1.1). The
     * client may leave the body out then, or send it: what comes next on the connection could be either, so nothing of it may be read as
     * a request.
     */
    boolean isUnasked(HttpServerRequest request) {
        return !whole
                && !met
                && !request.isEnded()
                && ListField.has(request.headers(), HttpHeaderNames.EXPECT, HttpHeaderValues.CONTINUE);
    }
}
