package io.colonnade.app.form;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.streams.ReadStream;

/**
 * Writes a stream to a file, and closes the file whatever happens. A pipe of Vert.x's does not: it takes a stream that has ended for
 * written, although its last bytes may still find the disk full.
 */
final class UploadFile {
    private final ReadStream<Buffer> stream;
    private final AsyncFile file;
    private final Promise<Void> written = Promise.promise();
    private int pending;
    private boolean ended;

    private UploadFile(ReadStream<Buffer> stream, AsyncFile file) {
        this.stream = stream;
        this.file = file;
    }

    /** Completes when all is written and the file is closed; fails when one of the two fails, or the stream does. */
    static Future<Void> write(ReadStream<Buffer> stream, AsyncFile file) {
        var upload = new UploadFile(stream, file);
        stream.exceptionHandler(upload.written::tryFail).handler(upload::write).endHandler(v -> upload.end());
        stream.resume();
        return upload.written.future().transform(done -> file.close()
                .compose(closed ->
                        Future.future(done.succeeded() ? Promise::complete : promise -> promise.fail(done.cause()))));
    }

    private void write(Buffer chunk) {
        if (written.future().isComplete()) {
            return;
        }
        pending++;
        file.write(chunk).onFailure(written::tryFail).onSuccess(done -> {
            pending--;
            completeIfDone();
        });
        if (file.writeQueueFull()) {
            stream.pause();
            file.drainHandler(v -> stream.resume());
        }
    }

    private void end() {
        ended = true;
        completeIfDone();
    }

    private void completeIfDone() {
        if (ended && pending == 0) {
            written.tryComplete();
        }
    }
}
