package io.colonnade.transport.link;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.transport.frame.BatchHeader;
import io.colonnade.transport.frame.Frame;
import java.net.ConnectException;

/** Fails the streams of a link that may have lost something, and tells the other end which of its streams may have. */
final class LinkLoss {
    private final String memberName;
    private final LinkOutput output;
    private final Streams streams;

    LinkLoss(String memberName, LinkOutput output, Streams streams) {
        this.memberName = memberName;
        this.output = output;
        this.streams = streams;
    }

    /** Batches before this one did not arrive. */
    void batchesLost(BatchHeader header) {
        // The frame comes first: a stream that is opened while others fail is then opened after the gap, and survives.
        Frame.GAP.write(output.begin(), header.incarnation(), header.number());
        output.framed();
        // The batch with the frame will leave, with the streams that were opened in it before: the member may already
        // act on those.
        failAll(lostData(), output.nextBatch() + 1);
    }

    /** The other end did not receive batches before the one with this number. */
    void gap(long number) {
        streams.forEach(stream -> {
            if (!stream.id().mine() || stream.openedIn() < number) {
                stream.fail(lost(stream, output.nextBatch(), lostData()));
            }
        });
    }

    /** A batch could not be sent. */
    void notSent(long number, Throwable cause) {
        var why = "member " + memberName + " cannot be reached: " + cause.getMessage();
        var unsent = cause instanceof ConnectException ? number : Long.MAX_VALUE;
        // The restart comes first: a stream that is opened while others fail then belongs to the new incarnation.
        output.restart();
        streams.forEach(stream -> stream.fail(lost(stream, unsent, why)));
    }

    /** Fails every stream on both ends. */
    void startOver(String what) {
        var unsent = output.nextBatch();
        // The restart comes first: a stream that is opened while others fail then belongs to the new incarnation.
        output.restart();
        output.pong();
        failAll(what + " to member " + memberName + " broke", unsent);
    }

    /** The member at the other end is lost. */
    void memberLost() {
        failAll("member " + memberName + " is lost", output.nextBatch());
    }

    private void failAll(String why, long unsent) {
        streams.forEach(stream -> stream.fail(lost(stream, unsent, why)));
    }

    private String lostData() {
        return "the connection to member " + memberName + " lost data";
    }

    /** @param unsent the number of the first batch that has not left */
    private static Failure lost(Stream stream, long unsent, String why) {
        return new Failure(Kind.MEMBER_LOST, stream.openedIn() < unsent ? Progress.REQUEST : Progress.NOTHING, why);
    }
}
