package io.colonnade.transport.link;

import io.colonnade.core.Failure;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.StreamId;
import io.colonnade.transport.frame.Varint;

/**
 * A lane's connection to one lane of another member, as seen by the streams that either of them has opened: it numbers the streams,
 * gives them what arrives for them, and writes their frames into the batches that leave.
 */
public final class Link {
    private final LaneState lane;
    private final String memberName;
    private final LinkOutput output;
    private final Streams streams;
    private int lastNumber;
    private boolean used;

    Link(LaneState lane, String memberName, LinkOutput output, Streams streams) {
        this.lane = lane;
        this.memberName = memberName;
        this.output = output;
        this.streams = streams;
    }

    public LaneState lane() {
        return lane;
    }

    public String memberName() {
        return memberName;
    }

    public LinkOutput output() {
        return output;
    }

    /** The id of a stream that this lane opens. */
    public StreamId nextId() {
        used = true;
        lastNumber = (lastNumber + 1) & Integer.MAX_VALUE;
        return new StreamId(lastNumber, true);
    }

    /** Whether this lane has opened a stream since it was last asked. */
    boolean takeUsed() {
        var was = used;
        used = false;
        return was;
    }

    /** Adds a stream: it gets what arrives for its id. */
    public void add(Stream stream) {
        streams.add(stream);
    }

    /** Forgets a stream that is over in both directions. */
    public void close(Stream stream) {
        streams.remove(stream);
    }

    /** Puts the stream in the place of the one that had its id. */
    public void replace(Stream stream) {
        streams.replace(stream);
    }

    /** Whether the stream's OPEN frame has left. */
    public boolean sent(Stream stream) {
        return output.nextBatch() > stream.openedIn();
    }

    public void sendReset(StreamId stream, Failure failure) {
        Frame.writeReset(output.begin(), stream, failure);
        output.framed();
    }

    public void sendStop(StreamId stream) {
        Frame.STOP.begin(output.begin(), stream);
        output.framed();
    }

    void sendCredit(StreamId stream, long bytes) {
        var frame = output.begin();
        Frame.CREDIT.begin(frame, stream);
        Varint.write(frame, bytes);
        output.framed();
    }
}
