package io.colonnade.transport.link;

import io.colonnade.cluster.Member;
import io.colonnade.core.Protocol;
import io.colonnade.transport.frame.BatchHeader;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.FrameLength;
import io.colonnade.transport.wire.DirectLines;
import io.colonnade.transport.wire.Wire;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One lane of another member: the {@link Link} to it, and everything that receives its numbered batches. The number of the next batch shows
 * that a batch was lost. Then every stream that may have lost something fails on both ends.
 */
final class RemoteLane {
    private final String memberName;
    private final Link link;
    private final LinkOutput output;
    private final LinkInput input;
    private final LinkLoss loss;
    private final Streams streams;
    private final Shortcut shortcut;
    private final FrameDispatch dispatch;

    /** @param direct null if this lane makes no connections of its own */
    RemoteLane(LaneState lane, Member member, Wire.Line bus, @Nullable DirectLines direct, Acceptor acceptor) {
        var protocol = Protocol.between(lane.protocol(), member.protocol());
        memberName = member.name();
        output = new LinkOutput(lane, bus, protocol, this::notSent);
        input = new LinkInput(lane.config().memberWindow());
        streams = new Streams(lane.streams());
        link = new Link(lane, memberName, output, streams);
        loss = new LinkLoss(memberName, output, streams);
        shortcut = new Shortcut(direct, memberName, output, input, this::settle, this::directLineBroke);
        dispatch = new FrameDispatch(link, streams, loss, shortcut, acceptor);
    }

    Link link() {
        return link;
    }

    String memberName() {
        return memberName;
    }

    Shortcut shortcut() {
        return shortcut;
    }

    void receive(BatchHeader header, ByteBuf frames) {
        if (input.lost(header)) {
            loss.batchesLost(header);
            dispatch.forget();
        }
        dispatch.receive(frames, FrameLength.isIn(header.protocol()));
        if (input.reportDue()) {
            report();
        }
    }

    /** All batches of one read have been received. */
    void settle() {
        dispatch.settle();
    }

    /** A batch arrived by the bus. The batch that follows it may have arrived by the direct line already. */
    void proceed() {
        shortcut.proceed();
    }

    /** Runs several times a second: checks time limits, and sends reports and signs of life when no other frames carry them. */
    void tick(long nanos) {
        streams.forEach(stream -> stream.tick(nanos));
        shortcut.tick(nanos);
        if (input.unreported()) {
            report();
        }
        if (!streams.isEmpty()) {
            output.keepAlive();
        }
        if (link.takeUsed()) {
            shortcut.want(nanos);
        }
    }

    /** Fails every stream on both ends, after something arrived that cannot be read. */
    void startOver() {
        startOver("the connection");
    }

    /** Fails every stream, because the member at the other end is lost, and closes the link. */
    void memberLost() {
        loss.memberLost();
        dispatch.forget();
        shortcut.close();
        output.close();
    }

    private void directLineBroke() {
        startOver("the direct connection");
    }

    private void startOver(String what) {
        loss.startOver(what);
        dispatch.forget();
    }

    private void notSent(long number, Throwable cause) {
        loss.notSent(number, cause);
    }

    private void report() {
        Frame.RECEIVED.write(output.begin(), input.incarnation(), input.report());
        output.framed();
    }
}
