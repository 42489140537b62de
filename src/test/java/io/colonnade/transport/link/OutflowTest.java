package io.colonnade.transport.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.PortRange;
import io.colonnade.core.Protocol;
import io.colonnade.transport.frame.Fields;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.OpenFrame;
import io.colonnade.transport.frame.StreamId;
import io.colonnade.transport.frame.TextCache;
import io.colonnade.transport.frame.Varint;
import io.netty.buffer.ByteBuf;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutflowTest {
    private static final int WINDOW = 16 * 1024;
    private static final TransportConfig CONFIG = new TransportConfig(WINDOW, 1024 * 1024, true, true, PortRange.ANY);

    private final VirtualLane lane = new VirtualLane(CONFIG);
    private final RecordedLine bus = new RecordedLine();
    private final LinkOutput output = new LinkOutput(lane.state, bus, Protocol.CURRENT, (number, cause) -> {});
    private final Link link = new Link(lane.state, "far", output, new Streams(lane.state.streams()));
    private final Outflow outflow = new Outflow(link, new StreamId(1, true), WINDOW);
    private final AtomicInteger drained = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();

    @Test
    void putsTheEndIntoTheBatchOfTheLastBytes() {
        outflow.onFinished(finished::incrementAndGet);
        outflow.write(Buffer.buffer("hello"), null);
        outflow.end(null);
        assertThat(outflow.finished()).isFalse();
        lane.endTick();
        var batches = bus.take();
        assertThat(batches).hasSize(1);
        var frames = batches.get(0).frames();
        assertThat(readData(frames)).isEqualTo(5);
        readEnd(frames);
        assertThat(frames.isReadable()).isFalse();
        assertThat(outflow.finished()).isTrue();
        assertThat(finished).hasValue(1);
    }

    @Test
    void sendsTrailersWithTheEnd() {
        outflow.end(MultiMap.caseInsensitiveMultiMap().add("x-sum", "42"));
        lane.endTick();
        assertThat(readEnd(bus.take().get(0).frames()).get("x-sum")).isEqualTo("42");
    }

    @Test
    void endsOnlyOnce() {
        outflow.end(null);
        outflow.end(null);
        lane.endTick();
        outflow.end(null);
        lane.endTick();
        assertThat(bus.take()).hasSize(1);
    }

    @Test
    void completesAWriteWhenAllOfItIsInBatches() {
        var written = Promise.<Void>promise();
        outflow.write(Buffer.buffer(new byte[WINDOW + 1]), written);
        lane.endTick();
        assertThat(readData(bus.take().get(0).frames())).isEqualTo(WINDOW);
        assertThat(written.future().isComplete()).isFalse();
        outflow.credit(1);
        lane.endTick();
        assertThat(written.future().succeeded()).isTrue();
        assertThat(readData(bus.take().get(0).frames())).isEqualTo(1);
    }

    @Test
    void completesAnEmptyWriteAtOnce() {
        var written = Promise.<Void>promise();
        outflow.write(Buffer.buffer(), written);
        lane.endTick();
        assertThat(written.future().succeeded()).isTrue();
        assertThat(bus.take()).isEmpty();
    }

    @Test
    void sendsTheEndWithoutCreditWhenNothingWaits() {
        outflow.write(Buffer.buffer(new byte[WINDOW]), null);
        lane.endTick();
        bus.take();
        outflow.end(null);
        lane.endTick();
        readEnd(bus.take().get(0).frames());
    }

    @Test
    void sendsNoEndBeforeTheBytesThatWaitForCredit() {
        outflow.write(Buffer.buffer(new byte[WINDOW + 1]), null);
        outflow.end(null);
        lane.endTick();
        var frames = bus.take().get(0).frames();
        readData(frames);
        assertThat(frames.isReadable()).isFalse();
        assertThat(outflow.finished()).isFalse();
    }

    @Test
    void tellsOnceThatItTakesBytesAgain() {
        outflow.onDrained(drained::incrementAndGet);
        outflow.mark(1000);
        outflow.write(Buffer.buffer(new byte[999]), null);
        assertThat(outflow.full()).isFalse();
        outflow.write(Buffer.buffer(new byte[WINDOW - 499]), null);
        assertThat(outflow.full()).isTrue();
        lane.endTick();
        assertThat(outflow.waiting()).isEqualTo(500);
        assertThat(drained).hasValue(1);
        outflow.credit(500);
        lane.endTick();
        assertThat(drained).hasValue(1);
    }

    @Test
    void dropsWhatWaitsWhenTheOtherEndNeedsNoMoreAndStillEnds() {
        var written = Promise.<Void>promise();
        outflow.write(Buffer.buffer(new byte[100]), written);
        outflow.truncate();
        assertThat(written.future().failed()).isTrue();
        assertThat(lane.state.buffered().get()).isZero();
        lane.endTick();
        readEnd(bus.take().get(0).frames());
        assertThat(outflow.finished()).isTrue();
    }

    @Test
    void sendsNothingMoreAfterItIsDiscarded() {
        var written = Promise.<Void>promise();
        outflow.write(Buffer.buffer(new byte[100]), written);
        outflow.discard(new IllegalStateException("over"));
        lane.endTick();
        assertThat(bus.take()).isEmpty();
        assertThat(written.future().cause()).hasMessage("over");
        assertThat(lane.state.buffered().get()).isZero();
        assertThat(outflow.waiting()).isZero();
    }

    private static int readData(ByteBuf frames) {
        readType(frames, Frame.DATA);
        var length = Frame.readLength(frames);
        frames.skipBytes(length);
        return length;
    }

    private static MultiMap readEnd(ByteBuf frames) {
        readType(frames, Frame.END);
        return Fields.read(frames, new TextCache());
    }

    private static void readType(ByteBuf frames, Frame type) {
        assertThat(OpenFrame.type(frames)).isEqualTo(type);
        assertThat(StreamId.atReceiver(Varint.read(frames))).isEqualTo(new StreamId(1, false));
    }
}
