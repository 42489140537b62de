package io.colonnade.transport.link;

import io.colonnade.core.Protocol;
import io.colonnade.transport.frame.BatchHeader;
import io.colonnade.transport.wire.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the batches that it is given to send. */
final class RecordedLine implements Wire.Line {
    /** A batch that was sent: its header, and its frames, to be read. */
    record Batch(BatchHeader header, ByteBuf frames) {}

    private final List<Batch> batches = new ArrayList<>();
    private @Nullable Throwable refusal;
    boolean closed;

    /** Refuses what is sent from now on; null ends that. */
    void refuse(@Nullable Throwable cause) {
        refusal = cause;
    }

    /** What was sent since this was last asked for. */
    List<Batch> take() {
        var taken = List.copyOf(batches);
        batches.clear();
        return taken;
    }

    @Override
    public ByteBuf buffer() {
        return Unpooled.buffer();
    }

    @Override
    public Future<Void> send(ByteBuf batch) {
        if (refusal != null) {
            return Future.failedFuture(refusal);
        }
        batches.add(new Batch(BatchHeader.read(batch, Protocol.CURRENT), batch));
        return Future.succeededFuture();
    }

    @Override
    public void flush() {
        // Each batch is sent at once.
    }

    @Override
    public void close() {
        closed = true;
    }
}
