package io.colonnade.transport.link;

import io.colonnade.core.Failure;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.ResponseHead;
import io.colonnade.transport.frame.StreamId;
import io.netty.buffer.ByteBuf;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An end of a stream that writes down what its link tells it. */
final class RecordedStream implements Stream {
    final List<String> events = new ArrayList<>();
    private final Link link;
    private final StreamId id;
    private final long openedIn;
    private Runnable onFailure = () -> {};
    private @Nullable Failure failure;

    private RecordedStream(Link link, StreamId id) {
        this.link = link;
        this.id = id;
        this.openedIn = id.mine() ? link.output().nextBatch() : 0;
    }

    static RecordedStream added(Link link, StreamId id) {
        var stream = new RecordedStream(link, id);
        link.add(stream);
        return stream;
    }

    /** Takes the place of another. */
    static RecordedStream replacing(RecordedStream other) {
        var stream = new RecordedStream(other.link, other.id);
        other.link.replace(stream);
        return stream;
    }

    Link link() {
        return link;
    }

    /** Sets what runs when the stream fails. */
    void onFailure(Runnable action) {
        onFailure = action;
    }

    /** Why it has failed; null if it has not. */
    @Nullable
    Failure failure() {
        return failure;
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
        events.add(type + " " + head.status());
    }

    @Override
    public void arrived(ByteBuf batch, int length) {
        batch.skipBytes(length);
        events.add("DATA " + length);
    }

    @Override
    public void arrivedAll(MultiMap trailers) {
        events.add("END");
    }

    @Override
    public void stop() {
        events.add("STOP");
    }

    @Override
    public void credit(long bytes) {
        events.add("CREDIT " + bytes);
    }

    @Override
    public void fail(Failure cause) {
        failure = cause;
        events.add("failed");
        link.close(this);
        onFailure.run();
    }

    @Override
    public void settle() {
        events.add("settled");
    }

    @Override
    public void tick(long nanos) {
        // Keeps no time limits.
    }
}
