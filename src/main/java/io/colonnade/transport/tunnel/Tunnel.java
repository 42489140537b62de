package io.colonnade.transport.tunnel;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.LastingResponses.Lasting;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.MalformedBatchException;
import io.colonnade.transport.frame.ResponseHead;
import io.colonnade.transport.frame.StreamId;
import io.colonnade.transport.link.Inflow;
import io.colonnade.transport.link.Link;
import io.colonnade.transport.link.Outflow;
import io.colonnade.transport.link.Stream;
import io.netty.buffer.ByteBuf;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One end of a stream after an upgrade: bytes both ways, each way with a window of its own. END says that the connection at the
 * sender's end is closed, so that it reads nothing more.
 */
public final class Tunnel implements Stream, Inflow.Consumer, Lasting {
    /** The connection that the tunnel's bytes come from and go to. */
    interface End {
        /** Takes bytes that were {@linkplain Tunnel#demand demanded}. */
        void arrived(Buffer bytes);

        /** The connection at the other end was closed after the bytes that arrived. */
        void arrivedAll();

        /** The tunnel was full and takes bytes again, or {@linkplain Tunnel#ended has ended}. */
        void drained();

        /** The other end is lost, and with it the bytes that were on their way. */
        void failed(Failure failure);

        /** This node is going away: the tier that answers the connection here must end it. */
        void goAway();
    }

    private final Link link;
    private final StreamId id;
    private final long openedIn;
    private final Outflow outflow;
    private final Inflow inflow;
    private final long idleNanos;
    private boolean endArrived;
    private long endedAt;
    private long closedAt;
    private boolean closed;
    private boolean over;
    private boolean leaving;
    private @Nullable End end;
    private @Nullable Failure failure;

    private Tunnel(Link link, StreamId id, long openedIn, Duration idle) {
        var window = link.lane().config().streamWindow();
        this.link = link;
        this.id = id;
        this.openedIn = openedIn;
        this.idleNanos = idle.toNanos();
        this.outflow = new Outflow(link, id, window);
        this.inflow = new Inflow(link, id, window, this);
        outflow.onFinished(this::closeIfDone);
        outflow.onDrained(this::drained);
        inflow.pause();
    }

    /**
     * Continues a stream as a tunnel. Arriving bytes wait until they are demanded.
     *
     * @param idle how long bytes that arrived before the end may wait after it
     */
    public static Tunnel replace(Stream stream, Link link, Duration idle) {
        var tunnel = new Tunnel(link, stream.id(), stream.openedIn(), idle);
        link.replace(tunnel);
        link.lane().lasting().add(tunnel);
        return tunnel;
    }

    void connect(End connection) {
        end = connection;
        if (failure != null) {
            connection.failed(failure);
        } else if (leaving) {
            connection.goAway();
        }
    }

    void write(Buffer bytes) {
        if (!outflow.ended()) {
            outflow.write(bytes, null);
        }
    }

    /** Whether nobody reads what is written any more. */
    boolean ended() {
        return outflow.ended();
    }

    boolean full() {
        return outflow.full();
    }

    /** Demands so many more chunks of at most {@link Frame#MAX_DATA} bytes. */
    void demand(long chunks) {
        inflow.fetch(chunks);
    }

    void pause() {
        inflow.pause();
    }

    /**
     * The connection at this end is closed: bytes that were written are still sent, arriving bytes are dropped. Dropped bytes
     * count as read, because the other end may be reading again only when it has written what waits there.
     */
    void close() {
        closed = true;
        closedAt = link.lane().nanos();
        inflow.fetch(Long.MAX_VALUE);
        outflow.end(null);
        closeIfDone();
    }

    /** The tunnel cannot be connected at this end. */
    void cancel(Failure cause) {
        if (!over) {
            link.sendReset(id, cause);
            fail(cause);
        }
    }

    @Override
    public StreamId id() {
        return id;
    }

    @Override
    public long openedIn() {
        return openedIn;
    }

    @Override
    public void head(Frame type, ResponseHead head) {
        throw new MalformedBatchException("a response's head came after the upgrade");
    }

    @Override
    public void arrived(ByteBuf batch, int length) {
        inflow.arrived(Frame.readData(batch, length));
    }

    @Override
    public void arrivedAll(MultiMap trailers) {
        endArrived = true;
        endedAt = link.lane().nanos();
        outflow.truncate();
        inflow.arrivedAll(trailers);
        drained();
        closeIfDone();
    }

    @Override
    public void consume(Buffer chunk) {
        if (end != null && !closed) {
            end.arrived(chunk);
        }
    }

    @Override
    public void consumeEnd(@Nullable MultiMap trailers) {
        if (end != null && !closed) {
            end.arrivedAll();
        }
        closeIfDone();
    }

    @Override
    public void stop() {
        throw new MalformedBatchException("a tunnel was stopped, which is done by END");
    }

    @Override
    public void credit(long bytes) {
        outflow.credit(bytes);
    }

    /** After the end nothing can be lost any more: the bytes that wait are still read. */
    @Override
    public void fail(Failure cause) {
        if (endArrived) {
            closeStream();
        } else if (!over) {
            failure = cause;
            outflow.discard(cause);
            inflow.discard();
            closeStream();
            if (end != null) {
                end.failed(cause);
            }
        }
    }

    @Override
    public void settle() {
        // Arriving bytes are passed on at once.
    }

    /** The balancer closes an idle connection, wherever its tunnel ends. But it cannot see a tier that does not read up to the end. */
    @Override
    public void tick(long nanos) {
        if (closed && !outflow.finished() && nanos - closedAt > idleNanos) {
            cancel(new Failure(Kind.DOWNSTREAM_CLOSED, Progress.RESPONSE, "the connection of a tunnel is closed"));
        } else if (endArrived && !closed && end != null && nanos - endedAt > idleNanos) {
            end.arrivedAll();
        }
    }

    /** This node is leaving: the tier that answers the connection here must end it. */
    @Override
    public void leave() {
        leaving = true;
        if (end != null) {
            end.goAway();
        }
    }

    private void drained() {
        if (end != null) {
            end.drained();
        }
    }

    private void closeIfDone() {
        if (!over && endArrived && outflow.finished() && (closed || inflow.finished())) {
            closeStream();
        }
    }

    private void closeStream() {
        over = true;
        link.lane().lasting().remove(this);
        link.close(this);
    }
}
