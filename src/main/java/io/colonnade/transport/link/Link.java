package io.colonnade.transport.link;

import io.colonnade.cluster.Member;
import io.colonnade.core.Address;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.Failure;
import io.colonnade.core.Protocol;
import io.colonnade.transport.frame.BatchHeader;
import io.colonnade.transport.frame.Fields;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.MalformedBatchException;
import io.colonnade.transport.frame.RequestHead;
import io.colonnade.transport.frame.ResponseHead;
import io.colonnade.transport.frame.StreamId;
import io.colonnade.transport.frame.Text;
import io.colonnade.transport.frame.TextCache;
import io.colonnade.transport.frame.Varint;
import io.colonnade.transport.wire.DirectLines;
import io.colonnade.transport.wire.Wire;
import io.netty.buffer.ByteBuf;
import java.net.ConnectException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one lane has with one lane of another member: the streams that either has opened, written to and read from numbered
 * batches. When a batch is lost, the next number shows it, and every stream that may have lost something fails on both ends.
 */
public final class Link {
    private static final int MAX_PORT = 65_535;

    private final LaneState lane;
    private final String memberName;
    private final LinkOutput output;
    private final LinkInput input;
    private final Streams streams;
    private final Shortcut shortcut;
    private final Acceptor acceptor;
    private final Set<Stream> touched = new LinkedHashSet<>();
    private int lastNumber;
    private boolean used;

    /** @param direct null if the lane makes no connections of its own */
    Link(LaneState lane, Member member, Wire.Line bus, @Nullable DirectLines direct, Acceptor acceptor) {
        this.lane = lane;
        this.memberName = member.name();
        var protocol = Protocol.between(lane.protocol(), member.protocol());
        this.output = new LinkOutput(lane, bus, protocol, this::notSent);
        this.input = new LinkInput(lane.config().memberWindow());
        this.shortcut = new Shortcut(direct, memberName, output, input, this::settle, this::lineBroke);
        this.acceptor = acceptor;
        this.streams = new Streams(lane.streams());
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

    Shortcut shortcut() {
        return shortcut;
    }

    /** The id of a stream that this lane opens. */
    public StreamId nextId() {
        used = true;
        lastNumber = (lastNumber + 1) & Integer.MAX_VALUE;
        return new StreamId(lastNumber, true);
    }

    /** Adds a stream: it gets what comes for its id. */
    public void add(Stream stream) {
        streams.add(stream);
    }

    /** Forgets a stream that is over in both directions. */
    public void close(Stream stream) {
        streams.remove(stream);
    }

    /** Has the stream get what comes for the one that had its id. */
    public void replace(Stream stream) {
        streams.replace(stream);
    }

    /** Whether the stream's OPEN frame has left. */
    public boolean sent(Stream stream) {
        return output.nextBatch() > stream.openedIn();
    }

    public void sendReset(StreamId stream, Failure failure) {
        Frame.writeReset(output.frame(), stream, failure);
        output.framed();
    }

    public void sendStop(StreamId stream) {
        Frame.STOP.begin(output.frame(), stream);
        output.framed();
    }

    void sendCredit(StreamId stream, long bytes) {
        Frame.CREDIT.begin(output.frame(), stream);
        Varint.write(output.frame(), bytes);
        output.framed();
    }

    void receive(BatchHeader header, ByteBuf frames) {
        if (input.lost(header)) {
            batchesLost(header);
        }
        while (frames.isReadable()) {
            receiveFrame(frames);
        }
        if (input.reportDue()) {
            report();
        }
    }

    /** What was received at a time has been received: streams pass on what they held back for what might follow. */
    void settle() {
        touched.forEach(Stream::settle);
        touched.clear();
    }

    /** A batch came by the bus: one that follows it may have come by the direct line before. */
    void proceed() {
        shortcut.proceed();
    }

    /** Runs several times a second: time limits, and what must be said even when nothing else is. */
    void tick(long nanos) {
        streams.forEach(stream -> stream.tick(nanos));
        shortcut.tick(nanos);
        if (input.unreported()) {
            report();
        }
        if (!streams.isEmpty()) {
            output.keepAlive();
        }
        if (used) {
            used = false;
            shortcut.want(nanos);
        }
    }

    /** Fails every stream on both ends, after something came that cannot be read. */
    void startOver() {
        startOver("the connection to member " + memberName + " broke");
    }

    private void lineBroke() {
        startOver("the direct connection to member " + memberName + " broke");
    }

    private void startOver(String why) {
        var unsent = output.nextBatch();
        // First the restart: what is opened while the streams fail belongs to the new incarnation.
        output.restart();
        output.pong();
        failAll(why, unsent);
    }

    /** Fails every stream, because the member at the other end is lost, and closes the link. */
    void memberLost() {
        failAll("member " + memberName + " is lost", output.nextBatch());
        shortcut.close();
        output.close();
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
            accept(StreamId.atReceiver(Varint.read(from)), from);
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
            streams.forEach(stream -> {
                if (!stream.id().mine() || stream.openedIn() < number) {
                    stream.fail(lost(stream, output.nextBatch(), lostData()));
                }
            });
        }
    }

    private void accept(StreamId id, ByteBuf from) {
        acceptor.accept(this, id, RequestHead.read(from, texts()));
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
            case HEAD, INFORM -> stream.head(type, ResponseHead.read(from, texts()));
            case DATA -> stream.arrived(from, Frame.readLength(from));
            case END -> stream.arrivedAll(Fields.read(from, texts()));
            case STOP -> stream.stop();
            case RESET -> reset(stream, ofTheMember(Frame.readReset(from)));
            case CREDIT -> stream.credit(Varint.read(from));
            default -> throw new MalformedBatchException("no stream has a frame " + type);
        }
    }

    /**
     * Passes on what came before it in the same batch, and lets that leave this node: the client gets as much of a response
     * that breaks as from a tier of the node it is connected to.
     */
    private void reset(Stream stream, Failure failure) {
        stream.settle();
        lane.context().runOnContext(flushed -> stream.fail(failure));
    }

    /** That the member lost another one is its own failure here: it lives. */
    private Failure ofTheMember(Failure failure) {
        return failure.kind() == Kind.MEMBER_LOST
                ? new Failure(Kind.STREAM_RESET, failure.progress(), memberName + ": " + failure.getMessage())
                : failure;
    }

    /** A frame for a stream that this end does not know or know any more: who still sends a body is told to stop. */
    private void skip(Frame type, StreamId id, ByteBuf from) {
        switch (type) {
            case HEAD, INFORM -> ResponseHead.read(from, texts());
            case DATA -> from.skipBytes(Frame.readLength(from));
            case END -> Fields.read(from, texts());
            case RESET -> Frame.readReset(from);
            case CREDIT -> Varint.read(from);
            default -> {}
        }
        if (type == Frame.HEAD || type == Frame.DATA) {
            sendReset(id, new Failure(Kind.STREAM_RESET, Progress.REQUEST, "the stream is not known"));
        }
    }

    private void batchesLost(BatchHeader header) {
        // First the frame: what is opened while the streams fail is then opened after the gap, and lives.
        Frame.GAP.write(output.frame(), header.incarnation(), header.number());
        output.framed();
        // The batch that the frame is in leaves, with what was opened in it before: the member may answer that at once.
        failAll(lostData(), output.nextBatch() + 1);
    }

    private String lostData() {
        return "the connection to member " + memberName + " lost data";
    }

    private void notSent(long number, Throwable cause) {
        var why = "member " + memberName + " cannot be reached: " + cause.getMessage();
        var unsent = cause instanceof ConnectException ? number : Long.MAX_VALUE;
        // First the restart: what is opened while the streams fail belongs to the new incarnation.
        output.restart();
        streams.forEach(stream -> stream.fail(lost(stream, unsent, why)));
    }

    private void failAll(String why, long unsent) {
        streams.forEach(stream -> stream.fail(lost(stream, unsent, why)));
        touched.clear();
    }

    /** @param unsent the number of the first batch that did not leave */
    private static Failure lost(Stream stream, long unsent, String why) {
        return new Failure(Kind.MEMBER_LOST, stream.openedIn() < unsent ? Progress.REQUEST : Progress.NOTHING, why);
    }

    private TextCache texts() {
        return lane.texts();
    }

    private void report() {
        Frame.RECEIVED.write(output.frame(), input.incarnation(), input.report());
        output.framed();
    }
}
