package io.colonnade.transport.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.Protocol;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.OpenFrame;
import io.colonnade.transport.frame.RequestHead;
import io.colonnade.transport.frame.ResponseHead;
import io.colonnade.transport.frame.StreamId;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both ends of a link, whose batches the test carries, or loses. */
class LinkTest {
    private static final TransportConfig CONFIG = TransportConfig.DEFAULTS;

    private final VirtualLane nearLane = new VirtualLane(CONFIG);
    private final VirtualLane farLane = new VirtualLane(CONFIG);
    private final RecordedLine nearLine = new RecordedLine();
    private final RecordedLine farLine = new RecordedLine();
    private final RemoteLane far =
            new RemoteLane(nearLane.state, TestMember.named("far", Protocol.CURRENT), nearLine, null, this::refuse);
    private final RemoteLane near =
            new RemoteLane(farLane.state, TestMember.named("near", Protocol.CURRENT), farLine, null, this::accept);
    private final List<RecordedStream> accepted = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();

    @AfterEach
    void countsNoStreamThatIsOver() {
        far.memberLost();
        near.memberLost();
        assertThat(nearLane.state.streams().get()).isZero();
        assertThat(farLane.state.streams().get()).isZero();
    }

    @Test
    void opensStreamsAtTheOtherEnd() {
        var first = open();
        var second = open();
        carryAll();
        assertThat(targets).containsExactly("/1", "/2");
        assertThat(accepted)
                .extracting(RecordedStream::id)
                .containsExactly(
                        new StreamId(first.id().number(), false),
                        new StreamId(second.id().number(), false));
        assertThat(nearLane.state.streams().get()).isEqualTo(2);
        assertThat(farLane.state.streams().get()).isEqualTo(2);
    }

    @Test
    void knowsWhetherTheOpeningHasLeft() {
        var stream = open();
        assertThat(far.link().sent(stream)).isFalse();
        nearLane.endTick();
        assertThat(far.link().sent(stream)).isTrue();
    }

    @Test
    void givesEachStreamItsFramesAndSettlesItAfterTheBatch() {
        var first = open();
        var second = open();
        carryAll();
        respond(accepted.get(0), "hello");
        respond(accepted.get(1), "you");
        carryAll();
        assertThat(first.events).containsExactly("HEAD 200", "DATA 5", "END", "settled");
        assertThat(second.events).containsExactly("HEAD 200", "DATA 3", "END", "settled");
    }

    @Test
    void givesAStreamThatReplacesAnotherWhatArrivesForIt() {
        var opened = open();
        carryAll();
        var before = accepted.get(0);
        var tunnel = RecordedStream.replacing(before);
        far.link().sendStop(opened.id());
        carryAll();
        assertThat(tunnel.events).containsExactly("STOP", "settled");
        assertThat(before.events).isEmpty();
    }

    @Test
    void failsTheStreamsOfBothEndsWhenABatchOfTheOtherIsLost() {
        var stream = open();
        carryAll();
        respond(accepted.get(0), "lost");
        farLane.endTick();
        assertThat(farLine.take()).hasSize(1);
        near.link().sendStop(accepted.get(0).id());
        carryAll();
        assertFailed(stream, Kind.MEMBER_LOST, Progress.REQUEST);
        assertFailed(accepted.get(0), Kind.MEMBER_LOST, Progress.REQUEST);
    }

    @Test
    void failsTheStreamsOfBothEndsWhenTheirOpeningIsLost() {
        var lost = open();
        nearLane.endTick();
        nearLine.take();
        var after = open();
        carryAll();
        assertFailed(lost, Kind.MEMBER_LOST, Progress.REQUEST);
        assertThat(after.failure()).isNull();
        assertThat(targets).containsExactly("/2");
    }

    @Test
    void keepsAStreamThatIsOpenedBecauseALossFailedAnother() {
        var again = new ArrayList<RecordedStream>();
        var stream = open();
        stream.onFailure(() -> again.add(open()));
        carryAll();
        respond(accepted.get(0), "lost");
        farLane.endTick();
        farLine.take();
        near.tick(farLane.clock.nanos());
        near.tick(farLane.clock.nanos());
        carryAll();
        assertThat(stream.failure()).isNotNull();
        assertThat(again).hasSize(1);
        assertThat(again.get(0).failure()).isNull();
        assertThat(targets).containsExactly("/1", "/2");
    }

    @Test
    void saysThatNothingLeftWhenThereWasNoConnection() {
        nearLine.refuse(new ConnectException("refused"));
        var stream = open();
        nearLane.endTick();
        assertFailed(stream, Kind.MEMBER_LOST, Progress.NOTHING);
    }

    @Test
    void doesNotSayThatNothingLeftWhenAConnectionBroke() {
        nearLine.refuse(new IllegalStateException("closed"));
        var stream = open();
        nearLane.endTick();
        assertFailed(stream, Kind.MEMBER_LOST, Progress.REQUEST);
    }

    @Test
    void carriesStreamsAgainAfterABatchCouldNotBeSent() {
        nearLine.refuse(new ConnectException("refused"));
        open();
        nearLane.endTick();
        nearLine.refuse(null);
        var next = open();
        carryAll();
        assertThat(next.failure()).isNull();
        assertThat(targets).containsExactly("/2");
    }

    @Test
    void failsStreamsByWhetherTheyHaveLeftWhenTheMemberIsLost() {
        var sent = open();
        nearLane.endTick();
        var unsent = open();
        far.memberLost();
        assertFailed(sent, Kind.MEMBER_LOST, Progress.REQUEST);
        assertFailed(unsent, Kind.MEMBER_LOST, Progress.NOTHING);
        assertThat(nearLine.closed).isTrue();
    }

    @Test
    void failsTheStreamsOfBothEndsWhenItStartsOver() {
        var stream = open();
        carryAll();
        far.startOver();
        assertFailed(stream, Kind.MEMBER_LOST, Progress.REQUEST);
        carryAll();
        assertFailed(accepted.get(0), Kind.MEMBER_LOST, Progress.REQUEST);
    }

    @Test
    void tellsTheSenderOfABodyThatItsStreamIsNotKnown() {
        var stream = open();
        carryAll();
        far.link().close(stream);
        respond(accepted.get(0), "nobody reads");
        carryAll();
        assertFailed(accepted.get(0), Kind.STREAM_RESET, Progress.REQUEST);
    }

    @Test
    void settlesAStreamBeforeItIsReset() {
        var stream = open();
        carryAll();
        near.link()
                .sendReset(accepted.get(0).id(), new Failure(Kind.MEMBER_LOST, Progress.RESPONSE, "another is lost"));
        carryAll();
        assertThat(stream.events).containsExactly("settled", "settled", "failed");
        assertFailed(stream, Kind.STREAM_RESET, Progress.RESPONSE);
    }

    @Test
    void asksForASignOfLifeWhileStreamsAreOpen() {
        open();
        carryAll();
        far.tick(nearLane.clock.nanos());
        nearLane.endTick();
        assertThat(nearLine.take()).isEmpty();
        far.tick(nearLane.clock.nanos());
        nearLane.endTick();
        deliver(nearLine, near);
        farLane.endTick();
        assertThat(farLine.take()).hasSize(1);
    }

    @Test
    void saysWithItsTickWhatItHasReceived() {
        open();
        carryAll();
        respond(accepted.get(0), "hello");
        carryAll();
        assertThat(farLane.state.outstanding().get()).isEqualTo(5);
        far.tick(nearLane.clock.nanos());
        carryAll();
        assertThat(farLane.state.outstanding().get()).isZero();
    }

    private RecordedStream open() {
        var id = far.link().nextId();
        var stream = RecordedStream.added(far.link(), id);
        var output = far.link().output();
        OpenFrame.write(output.begin(), id, "/" + id.number());
        output.framed();
        return stream;
    }

    /** Sends a response from the far end. */
    private static void respond(RecordedStream stream, String body) {
        var link = stream.link();
        var frame = link.output().begin();
        Frame.HEAD.begin(frame, stream.id());
        ResponseHead.write(frame, 200, MultiMap.caseInsensitiveMultiMap());
        link.output().framed();
        var outflow = new Outflow(link, stream.id(), CONFIG.streamWindow());
        outflow.write(Buffer.buffer(body), null);
        outflow.end(null);
    }

    private void accept(Link link, StreamId id, RequestHead head) {
        targets.add(head.uri());
        accepted.add(RecordedStream.added(link, id));
    }

    private void refuse(Link link, StreamId id, RequestHead head) {
        throw new AssertionError("the far end opens no streams");
    }

    /** Carries batches both ways until none leaves. */
    private void carryAll() {
        var delivered = true;
        while (delivered) {
            nearLane.endTick();
            farLane.endTick();
            delivered = deliver(nearLine, near);
            delivered |= deliver(farLine, far);
        }
    }

    private static boolean deliver(RecordedLine line, RemoteLane receiver) {
        var batches = line.take();
        for (var batch : batches) {
            receiver.receive(batch.header(), batch.frames());
            receiver.settle();
        }
        return !batches.isEmpty();
    }

    private static void assertFailed(RecordedStream stream, Kind kind, Progress progress) {
        assertThat(stream.failure()).isNotNull();
        assertThat(stream.failure().kind()).isEqualTo(kind);
        assertThat(stream.failure().progress()).isEqualTo(progress);
    }
}
