package io.colonnade.transport.link;

import io.colonnade.core.Address;
import io.colonnade.transport.frame.BatchHeader;
import io.colonnade.transport.frame.EnumCodec;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.Text;
import io.colonnade.transport.frame.Varint;
import io.colonnade.transport.wire.DirectLine;
import io.colonnade.transport.wire.DirectLines;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The direct line of a link, which replaces the event bus. Either end asks for it on the bus, connects, and then sends its batches by
 * it; the other end uses the same line for its own. Batches go by the bus until then, and always between lanes that cannot reach one
 * another.
 */
final class Shortcut {
    private static final Logger log = LoggerFactory.getLogger(Shortcut.class);

    /** The first protocol that has direct lines. */
    private static final int SINCE = 2;

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** How long a batch that arrived by the line waits for earlier batches that the bus still carries. */
    private static final long MOST_HELD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final @Nullable DirectLines lines;
    private final String memberName;
    private final LinkOutput output;
    private final LinkInput input;
    private final Runnable settle;
    private final Runnable onBroken;
    private @Nullable DirectLine feeding;
    private long notBefore = Long.MIN_VALUE;
    private long heldSince = Long.MAX_VALUE;
    private boolean closed;

    /**
     * @param lines null if the lane makes no connections of its own
     * @param settle runs when all batches of one read have been received
     * @param onBroken runs when the line that batches are sent by is closed, so that batches may be lost
     */
    Shortcut(
            @Nullable DirectLines lines,
            String memberName,
            LinkOutput output,
            LinkInput input,
            Runnable settle,
            Runnable onBroken) {
        this.lines = lines;
        this.memberName = memberName;
        this.output = output;
        this.input = input;
        this.settle = settle;
        this.onBroken = onBroken;
    }

    /** Asks the other end for its address if there is no line. */
    void want(long nanos) {
        if (!output.isDirect() && output.protocol() >= SINCE && lines != null && nanos >= notBefore) {
            notBefore = nanos + RETRY_NANOS;
            EnumCodec.write(output.begin(), Frame.CALL);
            output.framed();
        }
    }

    /** The other end asks for the address of this lane. */
    void asked() {
        if (lines != null) {
            lines.address().onSuccess(this::tell);
        }
    }

    private void tell(Address address) {
        if (!closed) {
            var frame = output.begin();
            EnumCodec.write(frame, Frame.LISTENS);
            Text.write(frame, address.host());
            Varint.write(frame, address.port());
            output.framed();
        }
    }

    /** The other end says where it can be reached. */
    void told(Address address) {
        if (lines != null && !output.isDirect()) {
            lines.connect(address).onSuccess(this::connected).onFailure(cause -> notConnected(address, cause));
        }
    }

    private void connected(DirectLine line) {
        if (closed || output.isDirect()) {
            line.close();
        } else {
            use(line);
        }
    }

    private void notConnected(Address address, Throwable cause) {
        if (!closed) {
            log.info(
                    "Member {} cannot be reached directly at {} ({}); its traffic stays on the event bus",
                    memberName,
                    address,
                    cause.getMessage());
        }
    }

    private void use(DirectLine line) {
        if (output.use(line)) {
            line.onClosed(onBroken);
        }
    }

    /** Whether a batch that arrived by a direct line is the next one. If not, the bus still carries batches before it. */
    boolean isNext(BatchHeader header, DirectLine from) {
        feeds(from);
        return input.expects(header);
    }

    /** Batches of the other end arrive by this line. */
    private void feeds(DirectLine line) {
        if (feeding != line) {
            feeding = line;
            line.onRead(settle);
            use(line);
        }
    }

    /** A batch arrived by the bus: the line may hold the batch that follows it. */
    void proceed() {
        if (feeding != null && feeding.holds()) {
            feeding.proceed();
        }
    }

    /** Gives the line up if the batches that are missing before its own do not arrive. */
    void tick(long nanos) {
        if (feeding == null || !feeding.holds()) {
            heldSince = Long.MAX_VALUE;
        } else if (heldSince == Long.MAX_VALUE) {
            heldSince = nanos;
        } else if (nanos - heldSince > MOST_HELD_NANOS) {
            feeding.cut();
            feeding = null;
        }
    }

    /** Closes the line that the other end may have opened. */
    void close() {
        closed = true;
        if (feeding != null) {
            feeding.close();
        }
    }
}
