package io.colonnade.transport.link;

import io.colonnade.core.Address;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.transport.frame.Fields;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.MalformedBatchException;
import io.colonnade.transport.frame.RequestHead;
import io.colonnade.transport.frame.ResponseHead;
import io.colonnade.transport.frame.StreamId;
import io.colonnade.transport.frame.Text;
import io.colonnade.transport.frame.TextCache;
import io.colonnade.transport.frame.Varint;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads the frames of the batches that arrive by a link, and gives each frame to its stream or to the part of the link that handles it. */
final class FrameDispatch {
    private static final int MAX_PORT = 65_535;

    private final Link link;
    private final Streams streams;
    private final LinkLoss loss;
    private final Shortcut shortcut;
    private final Acceptor acceptor;
    private final LinkOutput output;
    private final TextCache texts;
    private final Set<Stream> touched = new LinkedHashSet<>();

    FrameDispatch(Link link, Streams streams, LinkLoss loss, Shortcut shortcut, Acceptor acceptor) {
        this.link = link;
        this.streams = streams;
        this.loss = loss;
        this.shortcut = shortcut;
        this.acceptor = acceptor;
        this.output = link.output();
        this.texts = link.lane().texts();
    }

    /** Reads all frames of a batch, whose header has been read. */
    void receive(ByteBuf frames) {
        while (frames.isReadable()) {
            receiveFrame(frames);
        }
    }

    /** All batches of one read have been received: the streams pass on what they held back. */
    void settle() {
        touched.forEach(Stream::settle);
        touched.clear();
    }

    /** The streams have failed: none of them has anything to pass on. */
    void forget() {
        touched.clear();
    }

    private void receiveFrame(ByteBuf from) {
        var type = Frame.type(from);
        if (type == Frame.PING) {
            output.pong();
        } else if (type == Frame.RECEIVED || type == Frame.GAP) {
            receiveLinkFrame(type, from.readInt(), Varint.read(from));
        } else if (type == Frame.CALL) {
            shortcut.asked();
        } else if (type == Frame.LISTENS) {
            shortcut.told(new Address(Text.read(from), Varint.read(from, MAX_PORT)));
        } else if (type == Frame.OPEN) {
            acceptor.accept(link, StreamId.atReceiver(Varint.read(from)), RequestHead.read(from, texts));
        } else {
            receiveStreamFrame(type, StreamId.atReceiver(Varint.read(from)), from);
        }
    }

    private void receiveLinkFrame(Frame type, int incarnation, long number) {
        if (incarnation != output.incarnation()) {
            return;
        }
        if (type == Frame.RECEIVED) {
            output.acknowledged(number);
        } else {
            loss.gap(number);
        }
    }

    private void receiveStreamFrame(Frame type, StreamId id, ByteBuf from) {
        var stream = streams.get(id);
        if (stream == null) {
            skip(type, id, from);
        } else {
            touched.add(stream);
            pass(type, stream, from);
        }
    }

    private void pass(Frame type, Stream stream, ByteBuf from) {
        switch (type) {
            case HEAD, INFORM -> stream.head(type, ResponseHead.read(from, texts));
            case DATA -> stream.arrived(from, Frame.readLength(from));
            case END -> stream.arrivedAll(Fields.read(from, texts));
            case STOP -> stream.stop();
            case RESET -> reset(stream, ofTheMember(Frame.readReset(from)));
            case CREDIT -> stream.credit(Varint.read(from));
            default -> throw new MalformedBatchException("no stream has a frame " + type);
        }
    }

    /**
     * Passes on what arrived before the reset in the same batch, and lets it leave this node first. So the client gets as much of a broken
     * response as it gets from a tier of the node that it is connected to.
     */
    private void reset(Stream stream, Failure failure) {
        stream.settle();
        link.lane().context().runOnContext(flushed -> stream.fail(failure));
    }

    /** If the member lost another member, then its own stream failed, as seen from here: the member itself lives. */
    private Failure ofTheMember(Failure failure) {
        return failure.kind() == Kind.MEMBER_LOST
                ? new Failure(Kind.STREAM_RESET, failure.progress(), link.memberName() + ": " + failure.getMessage())
                : failure;
    }

    /** Reads a frame for a stream that this end does not know, or no longer: the sender of a body is told to stop. */
    private void skip(Frame type, StreamId id, ByteBuf from) {
        switch (type) {
            case HEAD, INFORM -> ResponseHead.read(from, texts);
            case DATA -> from.skipBytes(Frame.readLength(from));
            case END -> Fields.read(from, texts);
            case RESET -> Frame.readReset(from);
            case CREDIT -> Varint.read(from);
            default -> {}
        }
        if (type == Frame.HEAD || type == Frame.DATA) {
            link.sendReset(id, new Failure(Kind.STREAM_RESET, Progress.REQUEST, "the stream is not known"));
        }
    }
}
