package io.colonnade.transport.received;

import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.RequestHead;
import io.colonnade.transport.frame.UnwritableFrameException;
import io.colonnade.transport.link.Outflow;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.HostAndPort;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * The response to a request that came from another node. It adds the same fields and refuses the same calls as Vert.x's HTTP/1 server,
 * so that a response is the same wherever the site runs.
 */
final class ReceivedResponse extends ReceivedFields {
    private static final Buffer NOTHING = Buffer.buffer();

    private final Opener opener;
    private final Outflow outflow;
    private final ContextInternal context;
    private boolean headWritten;
    private boolean ended;
    private boolean closed;
    private long bytesWritten;
    private @Nullable Handler<Throwable> exceptionHandler;
    private @Nullable Handler<Void> closeHandler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Void> bodyEndHandler;

    ReceivedResponse(Opener opener, RequestHead request, Outflow outflow, ContextInternal context) {
        super(request);
        this.opener = opener;
        this.outflow = outflow;
        this.context = context;
    }

    /** The last chunk waits for its turn in the link after the future of {@link #end(Buffer)} is complete. */
    @Override
    public boolean keepsWrites() {
        return true;
    }

    /** The client, or the node it is connected to, is gone. */
    void closed(Throwable cause) {
        if (closed) {
            return;
        }
        closed = true;
        if (!ended && exceptionHandler != null) {
            context.dispatch(cause, exceptionHandler);
        }
        if (!ended && endHandler != null) {
            context.dispatch(null, endHandler);
        }
        if (closeHandler != null) {
            context.dispatch(null, closeHandler);
        }
    }

    /** Sends the head that accepts an upgrade. After that the connection no longer carries HTTP. */
    void switchProtocols() {
        completeHead();
        switchProtocols(headers());
    }

    /** Sends the head that accepts an upgrade, with these fields instead of the response's own. */
    void switchProtocols(MultiMap fields) {
        status(HttpResponseStatus.SWITCHING_PROTOCOLS.code());
        headWritten = true;
        ended = true;
        opener.sendHead(Frame.HEAD, getStatusCode(), fields);
    }

    // The head.

    @Override
    public Future<Void> writeHead() {
        if (headWritten) {
            throw new IllegalStateException("Response head already sent");
        }
        framing().checkLengthKnown(headers());
        sendHead(Framing.UNKNOWN);
        return context.succeededFuture();
    }

    @Override
    public Future<Void> writeContinue() {
        opener.sendHead(Frame.INFORM, 100, HeadersMultiMap.httpHeaders());
        return context.succeededFuture();
    }

    @Override
    public Future<Void> writeEarlyHints(MultiMap fields) {
        checkHeadNotWritten();
        opener.sendHead(Frame.INFORM, 103, fields);
        return context.succeededFuture();
    }

    // The body.

    @Override
    public Future<Void> write(Buffer chunk) {
        checkNotEnded();
        if (opener.over()) {
            return context.failedFuture(gone());
        }
        if (!headWritten) {
            framing().checkLengthKnown(headers());
            sendHead(Framing.UNKNOWN);
        }
        bytesWritten += chunk.length();
        if (!framing().hasBody()) {
            return context.succeededFuture();
        }
        Promise<Void> written = context.promise();
        outflow.write(chunk, written);
        return written.future();
    }

    @Override
    public Future<Void> write(String chunk, String charset) {
        return write(Buffer.buffer(chunk, charset));
    }

    @Override
    public Future<Void> write(String chunk) {
        return write(Buffer.buffer(chunk));
    }

    @Override
    public Future<Void> end() {
        return end(NOTHING);
    }

    @Override
    public Future<Void> end(String chunk) {
        return end(Buffer.buffer(chunk));
    }

    @Override
    public Future<Void> end(String chunk, String charset) {
        return end(Buffer.buffer(chunk, charset));
    }

    @Override
    public Future<Void> end(Buffer chunk) {
        checkNotEnded();
        if (opener.over()) {
            ended = true;
            return context.failedFuture(gone());
        }
        bytesWritten += chunk.length();
        if (!headWritten) {
            sendHead(bytesWritten);
        }
        if (framing().hasBody()) {
            outflow.write(chunk, null);
        }
        endBody();
        ended = true;
        if (bodyEndHandler != null) {
            bodyEndHandler.handle(null);
        }
        if (endHandler != null) {
            endHandler.handle(null);
        }
        opener.answered();
        return context.succeededFuture();
    }

    @Override
    public Future<Void> sendFile(String filename, long offset, long length) {
        return FileBody.open(context, filename).compose(file -> file.send(this, offset, length));
    }

    @Override
    public Future<Void> sendFile(FileChannel channel, long offset, long length) {
        return FileBody.of(context, channel).send(this, offset, length);
    }

    @Override
    public Future<Void> sendFile(RandomAccessFile file, long offset, long length) {
        return sendFile(file.getChannel(), offset, length);
    }

    // The stream.

    @Override
    public HttpServerResponse setWriteQueueMaxSize(int maxSize) {
        outflow.mark(maxSize);
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        checkNotEnded();
        return outflow.full();
    }

    @Override
    public HttpServerResponse drainHandler(@Nullable Handler<Void> handler) {
        checkNotEnded(handler);
        outflow.onDrained(handler == null ? null : () -> context.dispatch(null, handler));
        return this;
    }

    @Override
    public HttpServerResponse exceptionHandler(@Nullable Handler<Throwable> handler) {
        checkNotEnded(handler);
        exceptionHandler = handler;
        return this;
    }

    @Override
    public HttpServerResponse closeHandler(@Nullable Handler<Void> handler) {
        checkNotEnded(handler);
        closeHandler = handler;
        return this;
    }

    @Override
    public HttpServerResponse endHandler(@Nullable Handler<Void> handler) {
        checkNotEnded(handler);
        endHandler = handler;
        return this;
    }

    @Override
    public HttpServerResponse bodyEndHandler(@Nullable Handler<Void> handler) {
        bodyEndHandler = handler;
        return this;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public boolean headWritten() {
        return headWritten;
    }

    @Override
    public long bytesWritten() {
        return bytesWritten;
    }

    @Override
    public int streamId() {
        return -1;
    }

    @Override
    public Future<Void> reset(long code) {
        if (ended) {
            return context.failedFuture("Response written");
        }
        opener.abort();
        return context.succeededFuture();
    }

    @Override
    public Future<HttpServerResponse> push(HttpMethod method, HostAndPort authority, String path, MultiMap fields) {
        return context.failedFuture("responses are not pushed from another node");
    }

    @Override
    public Future<Void> writeCustomFrame(int type, int flags, Buffer payload) {
        return context.failedFuture("custom frames are not carried from another node");
    }

    private void sendHead(long length) {
        framing().complete(headers(), getStatusCode(), length);
        completeHead();
        try {
            opener.sendHead(Frame.HEAD, getStatusCode(), headers());
        } catch (UnwritableFrameException refused) {
            opener.unwritable(refused);
            throw refused;
        }
        headWritten = true;
    }

    private void endBody() {
        try {
            outflow.end(trailersIfAny());
        } catch (UnwritableFrameException refused) {
            opener.unwritable(refused);
            throw refused;
        }
    }

    private Throwable gone() {
        return new HttpClosedException("the client, or the node it is connected to, is gone");
    }

    private void checkNotEnded(@Nullable Object handler) {
        if (handler != null) {
            checkNotEnded();
        }
    }
}
