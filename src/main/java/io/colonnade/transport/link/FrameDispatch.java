package io.colonnade.transport.link;

import io.colonnade.core.Address;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.transport.frame.Fields;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.FrameLength;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the frames of the batches that arrive by a link, and gives each frame to its stream or to the part of the link that handles it. */
final class FrameDispatch {
    private static final Logger log = LoggerFactory.getLogger(FrameDispatch.class);
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

    /**
     * Reads all frames of a batch, whose header has been read. Throws {@link MalformedBatchException} or
     * {@link IndexOutOfBoundsException} if it cannot be told what the rest of the batch is.
     *
     * @param lengths whether each frame begins with its length
     */
    void receive(ByteBuf frames, boolean lengths) {
        while (frames.isReadable()) {
            if (lengths) {
                receiveWithin(frames, FrameLength.read(frames));
            } else {
                receiveFrame(frames);
            }
        }
    }

    /** Reads a frame of so many bytes, and nothing that follows it. If a frame of a stream cannot be read, only that stream fails. */
    private void receiveWithin(ByteBuf frames, int length) {
        var batchEnd = frames.writerIndex();
        var start = frames.readerIndex();
        frames.writerIndex(start + length);
        try {
            receiveFrame(frames);
            if (frames.isReadable()) {
                throw new MalformedBatchException("it has " + frames.readableBytes() + " bytes too many");
            }
        } catch (MalformedBatchException | IndexOutOfBoundsException malformed) {
            refuse(frames.readerIndex(start), malformed);
        }
        frames.setIndex(start + length, batchEnd);
    }

    private void refuse(ByteBuf frame, RuntimeException malformed) {
        var type = Frame.type(frame);
        if (!type.isOfStream()) {
            throw malformed;
        }
        var id = StreamId.atReceiver(Varint.read(frame));
        var why = "a frame " + type + " of member " + link.memberName() + " cannot be read: " + malformed.getMessage();
        log.error("One exchange fails: {}", why);
        var failure = new Failure(Kind.STREAM_RESET, Progress.REQUEST, why);
        link.sendReset(id, failure);
        var stream = streams.get(id);
        if (stream != null) {
            stream.fail(failure);
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
            shortcut.told(address(from));
        } else if (type == Frame.OPEN) {
            acceptor.accept(link, StreamId.atReceiver(Varint.read(from)), RequestHead.read(from, texts));
        } else {
            receiveStreamFrame(type, StreamId.atReceiver(Varint.read(from)), from);
        }
    }

    private static Address address(ByteBuf from) {
        var host = Text.read(from);
        var port = Varint.read(from, MAX_PORT);
        try {
            return new Address(host, port);
        } catch (IllegalArgumentException senseless) {
            throw new MalformedBatchException("a lane cannot listen there: " + senseless.getMessage());
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
