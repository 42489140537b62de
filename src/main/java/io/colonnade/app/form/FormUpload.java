package io.colonnade.app.form;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A file of a form, as a stream. While it is paused, its request is paused too. */
final class FormUpload implements HttpServerFileUpload {
    private static final String NO_SPACE = "No space left on device";

    private final HttpServerRequestInternal request;
    private final String name;
    private final String filename;
    private final String contentType;
    private final String encoding;
    private final Charset charset;
    private final long declaredSize;
    private final ArrayDeque<Buffer> waiting = new ArrayDeque<>();
    private long demand = Long.MAX_VALUE;
    private long size;
    private boolean arrivedAll;
    private boolean ended;
    private boolean delivering;
    private @Nullable Handler<Buffer> dataHandler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;
    private @Nullable AsyncFile file;
    private @Nullable Throwable failure;
    private boolean streaming;
    private boolean cancelled;

    FormUpload(
            HttpServerRequestInternal request,
            String name,
            String filename,
            String contentType,
            String encoding,
            Charset charset,
            long declaredSize) {
        this.request = request;
        this.name = name;
        this.filename = filename;
        this.contentType = contentType;
        this.encoding = encoding;
        this.charset = charset;
        this.declaredSize = declaredSize;
    }

    void arrived(BufferInternal bytes) {
        if (bytes.length() > 0) {
            // The decoder reuses its buffer.
            waiting.add(bytes.copy());
            size += bytes.length();
            deliver();
            if (!waiting.isEmpty() && !request.isEnded()) {
                request.pause();
            }
        }
    }

    void arrivedAll() {
        arrivedAll = true;
        deliver();
    }

    /** The rest of the file will not arrive. */
    void fail(Throwable cause) {
        if (ended) {
            return;
        }
        ended = true;
        failure = cause;
        waiting.clear();
        tell(cause);
    }

    private void tell(Throwable cause) {
        if (exceptionHandler != null) {
            request.context().dispatch(cause, exceptionHandler);
        }
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        while (demand > 0 && !waiting.isEmpty()) {
            if (demand != Long.MAX_VALUE) {
                demand--;
            }
            var chunk = waiting.remove();
            if (dataHandler != null) {
                request.context().dispatch(chunk, dataHandler);
            }
        }
        delivering = false;
        if (arrivedAll && waiting.isEmpty() && demand > 0 && !ended) {
            ended = true;
            if (endHandler != null) {
                request.context().dispatch(null, endHandler);
            }
        }
    }

    @Override
    public HttpServerFileUpload exceptionHandler(@Nullable Handler<Throwable> handler) {
        exceptionHandler = handler;
        return this;
    }

    @Override
    public HttpServerFileUpload handler(@Nullable Handler<Buffer> handler) {
        dataHandler = handler;
        return this;
    }

    @Override
    public HttpServerFileUpload endHandler(@Nullable Handler<Void> handler) {
        endHandler = handler;
        return this;
    }

    @Override
    public HttpServerFileUpload pause() {
        demand = 0;
        return this;
    }

    @Override
    public HttpServerFileUpload resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public HttpServerFileUpload fetch(long amount) {
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        deliver();
        if (demand > 0 && waiting.isEmpty() && !request.isEnded()) {
            request.resume();
        }
        return this;
    }

    /** If the file cannot be written to its end, it is closed and deleted. Fails with a {@link Failure} if the disk is full. */
    @Override
    public Future<Void> streamToFileSystem(String path) {
        if (streaming) {
            return request.context().failedFuture("Already streaming");
        }
        streaming = true;
        pause();
        var files = request.context().owner().fileSystem();
        return files.open(path, new OpenOptions())
                .compose(opened -> store(opened).compose(stored -> keep(opened)))
                .recover(cause -> {
                    abandon();
                    return files.delete(path).transform(deleted -> Future.failedFuture(told(cause)));
                });
    }

    private Future<Void> store(AsyncFile opened) {
        var lost = lost();
        return lost == null ? UploadFile.write(this, opened) : opened.close().compose(v -> Future.failedFuture(lost));
    }

    /** Whoever cancels does not delete the file, so that it must not stay if it was complete just then. */
    private Future<Void> keep(AsyncFile stored) {
        var lost = lost();
        if (lost != null) {
            return Future.failedFuture(lost);
        }
        file = stored;
        return Future.succeededFuture();
    }

    /** Why the file will not arrive; null if it will. */
    private @Nullable Throwable lost() {
        return cancelled ? cancellation() : failure;
    }

    private static FormException cancellation() {
        return new FormException("the upload was cancelled");
    }

    /** Reads the rest of the file for nothing, so that the request goes on. */
    private void abandon() {
        dataHandler = null;
        endHandler = null;
        exceptionHandler = null;
        resume();
    }

    private static Throwable told(Throwable cause) {
        for (var each = cause; each != null; each = each.getCause()) {
            if (String.valueOf(each.getMessage()).contains(NO_SPACE)) {
                return new Failure(
                        Kind.DISK_FULL, Progress.REQUEST, "an upload cannot be stored: the disk of the node is full");
            }
        }
        return cause;
    }

    @Override
    public boolean cancelStreamToFileSystem() {
        if (!streaming) {
            throw new IllegalStateException("Not a streaming upload");
        }
        if (file != null) {
            return false;
        }
        if (!cancelled) {
            cancelled = true;
            tell(cancellation());
        }
        return true;
    }

    @Override
    public String filename() {
        return filename;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String contentType() {
        return contentType;
    }

    @Override
    public String contentTransferEncoding() {
        return encoding;
    }

    @Override
    public String charset() {
        return charset.name();
    }

    @Override
    public long size() {
        return isSizeAvailable() ? size : declaredSize;
    }

    @Override
    public boolean isSizeAvailable() {
        return arrivedAll;
    }

    @Override
    public @Nullable AsyncFile file() {
        return file;
    }
}
