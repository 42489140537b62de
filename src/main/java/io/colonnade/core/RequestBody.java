package io.colonnade.core;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request on its way to another member. Its first 64 KiB are held, so that as long as no more than that
 * has arrived the body can be sent again from its start.
 *
 * <p>Used on the event loop of the request only.
 */
public final class RequestBody {
    /** The bytes held for sending again. */
    public static final int HELD_BYTES = 64 * 1024;

    /** Who the body is sent to. */
    public interface Reader {
        void data(Buffer chunk);

        void end();

        /** The client went away, or its request broke, before the body's end. */
        void failed(Throwable cause);
    }

    private final HttpServerRequest request;
    private final List<Buffer> held = new ArrayList<>(1);
    private int heldBytes;
    private boolean opened;
    private boolean ended;
    private boolean paused;
    private @Nullable Throwable failure;
    private @Nullable Reader reader;

    RequestBody(HttpServerRequest request) {
        this.request = request;
    }

    /** Whether the body can still be opened: it never was, or all that has arrived of it is held. */
    public boolean replayable() {
        return !opened || heldBytes <= HELD_BYTES;
    }

    /**
     * Sends the body to the reader, from its start; a reader that had it before gets no more of it. A request that ended
     * before anyone asked for its body has none.
     *
     * @throws IllegalStateException if the body is not {@link #replayable()}
     */
    public void open(Reader newReader) {
        if (!replayable()) {
            throw new IllegalStateException("more than " + HELD_BYTES + " bytes of the body are gone");
        }
        reader = newReader;
        if (opened) {
            replay(newReader);
        } else if (request.isEnded()) {
            opened = true;
            ended = true;
            newReader.end();
        } else {
            opened = true;
            request.handler(this::arrived).endHandler(v -> arrivedAll()).exceptionHandler(this::broke);
        }
    }

    /** Ends the sending; what still arrives is held for the next reader as far as it fits, and else dropped. */
    public void close() {
        reader = null;
        resume();
    }

    /** Asks for no more data for now; what is on its way may still come. */
    public void pause() {
        if (!paused && !ended) {
            paused = true;
            request.pause();
        }
    }

    public void resume() {
        if (paused) {
            paused = false;
            request.resume();
        }
    }

    private void replay(Reader newReader) {
        held.forEach(newReader::data);
        if (ended) {
            newReader.end();
        } else if (failure != null) {
            newReader.failed(failure);
        }
    }

    private void arrived(Buffer chunk) {
        hold(chunk);
        if (reader != null) {
            reader.data(chunk);
        }
    }

    private void hold(Buffer chunk) {
        heldBytes += chunk.length();
        if (heldBytes <= HELD_BYTES) {
            held.add(chunk);
        } else {
            held.clear();
            heldBytes = HELD_BYTES + 1;
        }
    }

    private void arrivedAll() {
        ended = true;
        if (reader != null) {
            reader.end();
        }
    }

    private void broke(Throwable cause) {
        failure = cause;
        if (reader != null) {
            reader.failed(cause);
        }
    }
}
