package io.colonnade.transport.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.core.PortRange;
import io.colonnade.core.Protocol;
import io.colonnade.transport.frame.EnumCodec;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.FrameLength;
import io.colonnade.transport.frame.OpenFrame;
import io.colonnade.transport.frame.StreamId;
import io.colonnade.transport.frame.UnwritableFrameException;
import io.colonnade.transport.frame.Varint;
import io.colonnade.transport.wire.Wire;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkOutputTest {
    private static final int KIB = 1024;
    private static final TransportConfig CONFIG = new TransportConfig(64 * KIB, 64 * KIB, true, true, PortRange.ANY);

    private final VirtualLane lane = new VirtualLane(CONFIG);
    private final RecordedLine bus = new RecordedLine();
    private final List<Long> notSent = new ArrayList<>();
    private final LinkOutput output =
            new LinkOutput(lane.state, bus, Protocol.CURRENT, (number, cause) -> notSent.add(number));
    private final Link link = new Link(lane.state, "far", output, new Streams(lane.state.streams()));

    @Test
    void sendsTheFramesOfOneTickAsOneBatch() {
        link.sendStop(id(1));
        link.sendStop(id(2));
        assertThat(bus.take()).isEmpty();
        lane.endTick();
        var batches = bus.take();
        assertThat(batches).hasSize(1);
        assertThat(stops(batches.get(0).frames())).containsExactly(id(1), id(2));
    }

    @Test
    void numbersItsBatches() {
        for (var number = 0; number < 3; number++) {
            output.pong();
            assertThat(output.nextBatch()).isEqualTo(number);
            lane.endTick();
        }
        assertThat(bus.take()).extracting(batch -> batch.header().number()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void letsControlFramesThatOverflowABatchBeginTheNextWhole() {
        var frame = new byte[60 * KIB];
        for (var i = 0; i < 2; i++) {
            output.begin().writeBytes(frame);
            output.framed();
        }
        lane.endTick();
        assertThat(bus.take())
                .extracting(batch -> batch.frames().readableBytes())
                .containsExactly(60 * KIB + FrameLength.SIZE, 60 * KIB + FrameLength.SIZE);
    }

    @Test
    void sendsOneControlFrameThatIsLargerThanABatch() {
        output.begin().writeZero(Wire.MAX_BATCH + 1);
        output.framed();
        lane.endTick();
        assertThat(bus.take())
                .extracting(batch -> batch.frames().readableBytes())
                .containsExactly(Wire.MAX_BATCH + 1 + FrameLength.SIZE);
    }

    @Test
    void dropsAFrameThatIsLargerThanAnyOrWasNotEnded() {
        link.sendStop(id(1));
        output.begin().writeZero(FrameLength.MAX + 1);
        assertThatThrownBy(output::framed).isInstanceOf(UnwritableFrameException.class);
        output.begin().writeByte(1);
        link.sendStop(id(2));
        output.begin().writeByte(1);
        lane.endTick();
        assertThat(stops(bus.take().get(0).frames())).containsExactly(id(1), id(2));
    }

    @Test
    void writesNoLengthsToANodeThatDoesNotKnowThem() {
        var older = new LinkOutput(lane.state, bus, 2, (number, cause) -> notSent.add(number));
        EnumCodec.write(older.begin(), Frame.PING);
        older.framed();
        lane.endTick();
        var frames = bus.take().get(0).frames();
        assertThat(Frame.type(frames)).isEqualTo(Frame.PING);
        assertThat(frames.isReadable()).isFalse();
    }

    @Test
    void givesEachStreamAFrameInTurn() {
        var first = outflow(1);
        var second = outflow(2);
        first.write(Buffer.buffer(new byte[10]), null);
        first.write(Buffer.buffer(new byte[10]), null);
        second.write(Buffer.buffer(new byte[10]), null);
        lane.endTick();
        assertThat(data(bus.take().get(0).frames())).containsExactly(id(1), id(2), id(1));
    }

    @Test
    void sendsNoMoreThanTheWindowUntilTheOtherEndHasReceivedSome() {
        var outflow = outflow(1);
        outflow.credit(1_000_000);
        outflow.write(Buffer.buffer(new byte[100 * KIB]), null);
        lane.endTick();
        assertThat(lastSent()).isEqualTo(64 * KIB);
        assertThat(lane.state.outstanding().get()).isEqualTo(64 * KIB);
        lane.endTick();
        assertThat(bus.take()).isEmpty();
        output.acknowledged(10 * KIB);
        lane.endTick();
        assertThat(lastSent()).isEqualTo(74 * KIB);
        output.acknowledged(74 * KIB);
        lane.endTick();
        assertThat(lastSent()).isEqualTo(100 * KIB);
        output.acknowledged(100 * KIB);
        assertThat(lane.state.outstanding().get()).isZero();
        assertThat(lane.state.buffered().get()).isZero();
    }

    @Test
    void asksForABatchOnlyWhenItHasSentNone() {
        output.pong();
        lane.endTick();
        bus.take();
        output.keepAlive();
        lane.endTick();
        assertThat(bus.take()).isEmpty();
        output.keepAlive();
        lane.endTick();
        assertThat(OpenFrame.type(bus.take().get(0).frames())).isEqualTo(Frame.PING);
    }

    @Test
    void tellsWhichBatchCouldNotBeSent() {
        output.pong();
        lane.endTick();
        bus.refuse(new ConnectException("refused"));
        output.pong();
        lane.endTick();
        assertThat(notSent).containsExactly(1L);
    }

    @Test
    void beginsANewIncarnationOfWhichTheFirstBatchIsMissing() {
        var outflow = outflow(1);
        outflow.write(Buffer.buffer(new byte[10]), null);
        lane.endTick();
        var old = bus.take().get(0).header();
        output.restart();
        output.pong();
        lane.endTick();
        var header = bus.take().get(0).header();
        assertThat(header.incarnation()).isNotEqualTo(old.incarnation());
        assertThat(header.number()).isEqualTo(1);
        assertThat(header.bytes()).isZero();
        assertThat(lane.state.outstanding().get()).isZero();
    }

    @Test
    void leavesTheBusForALineOfTheTwoLanesOwnAndComesBack() {
        var direct = new RecordedLine();
        output.pong();
        assertThat(output.use(direct)).isTrue();
        assertThat(output.use(new RecordedLine())).isFalse();
        output.pong();
        lane.endTick();
        assertThat(bus.take()).extracting(batch -> batch.header().number()).containsExactly(0L);
        assertThat(direct.take()).extracting(batch -> batch.header().number()).containsExactly(1L);
        assertThat(lane.state.directLinks().get()).isEqualTo(1);
        output.restart();
        output.pong();
        lane.endTick();
        assertThat(direct.closed).isTrue();
        assertThat(bus.take()).hasSize(1);
        assertThat(lane.state.directLinks().get()).isZero();
    }

    @Test
    void sendsNothingAfterItIsClosed() {
        output.pong();
        output.close();
        output.pong();
        lane.endTick();
        assertThat(bus.take()).isEmpty();
        assertThat(bus.closed).isTrue();
        assertThat(output.use(new RecordedLine())).isFalse();
    }

    private Outflow outflow(int stream) {
        return new Outflow(link, id(stream), CONFIG.streamWindow());
    }

    /** The bytes of bodies that have been sent, as the last batch tells. */
    private long lastSent() {
        var batches = bus.take();
        return batches.get(batches.size() - 1).header().bytes();
    }

    private static StreamId id(int number) {
        return new StreamId(number, true);
    }

    private static List<StreamId> stops(ByteBuf frames) {
        var stops = new ArrayList<StreamId>();
        while (frames.isReadable()) {
            assertThat(OpenFrame.type(frames)).isEqualTo(Frame.STOP);
            stops.add(sender(frames));
        }
        return stops;
    }

    private static List<StreamId> data(ByteBuf frames) {
        var streams = new ArrayList<StreamId>();
        while (frames.isReadable()) {
            assertThat(OpenFrame.type(frames)).isEqualTo(Frame.DATA);
            streams.add(sender(frames));
            frames.skipBytes(Frame.readLength(frames));
        }
        return streams;
    }

    private static StreamId sender(ByteBuf frames) {
        var seen = StreamId.atReceiver(Varint.read(frames));
        return new StreamId(seen.number(), !seen.mine());
    }
}
