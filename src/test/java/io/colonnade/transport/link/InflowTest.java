package io.colonnade.transport.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.PortRange;
import io.colonnade.core.Protocol;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.OpenFrame;
import io.colonnade.transport.frame.StreamId;
import io.colonnade.transport.frame.Varint;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InflowTest {
    private static final int WINDOW = 16 * 1024;
    private static final String END = "end";

    private final VirtualLane lane =
            new VirtualLane(new TransportConfig(WINDOW, 1024 * 1024, true, true, PortRange.ANY));
    private final RecordedLine bus = new RecordedLine();
    private final LinkOutput output = new LinkOutput(lane.state, bus, Protocol.CURRENT, (number, cause) -> {});
    private final Link link = new Link(lane.state, "far", output, new Streams(lane.state.streams()));
    private final List<String> consumed = new ArrayList<>();
    private final Inflow inflow = new Inflow(link, new StreamId(1, false), WINDOW, new Recorder());

    @Test
    void givesWhatArrivesAtOnce() {
        inflow.arrived(Buffer.buffer("a"));
        inflow.arrived(Buffer.buffer("b"));
        end();
        assertThat(consumed).containsExactly("a", "b", END);
        assertThat(inflow.finished()).isTrue();
    }

    @Test
    void keepsWhatArrivesWhileItIsPaused() {
        inflow.pause();
        inflow.arrived(Buffer.buffer("a"));
        end();
        lane.endTick();
        assertThat(consumed).isEmpty();
        assertThat(lane.state.buffered().get()).isEqualTo(1);
        inflow.fetch(Long.MAX_VALUE);
        assertThat(consumed).as("never at once").isEmpty();
        lane.endTick();
        assertThat(consumed).containsExactly("a", END);
        assertThat(lane.state.buffered().get()).isZero();
    }

    @Test
    void givesAsManyChunksAsAreDemanded() {
        inflow.pause();
        for (var chunk : List.of("a", "b", "c")) {
            inflow.arrived(Buffer.buffer(chunk));
        }
        inflow.fetch(2);
        lane.endTick();
        assertThat(consumed).containsExactly("a", "b");
        inflow.fetch(1);
        lane.endTick();
        assertThat(consumed).containsExactly("a", "b", "c");
    }

    @Test
    void givesTheEndOnlyOnDemand() {
        inflow.pause();
        end();
        lane.endTick();
        assertThat(consumed).isEmpty();
        inflow.fetch(1);
        lane.endTick();
        assertThat(consumed).containsExactly(END);
    }

    @Test
    void aConsumerMayPauseInTheMiddle() {
        inflow.pause();
        inflow.arrived(Buffer.buffer("pause"));
        inflow.arrived(Buffer.buffer("b"));
        inflow.fetch(Long.MAX_VALUE);
        lane.endTick();
        assertThat(consumed).containsExactly("pause");
        inflow.fetch(Long.MAX_VALUE);
        lane.endTick();
        assertThat(consumed).containsExactly("pause", "b");
    }

    @Test
    void givesCreditBackForAQuarterOfTheWindowThatWasConsumed() {
        inflow.arrived(Buffer.buffer(new byte[WINDOW / 4 - 1]));
        lane.endTick();
        assertThat(bus.take()).isEmpty();
        inflow.arrived(Buffer.buffer("x"));
        lane.endTick();
        assertThat(takeCredit()).isEqualTo(WINDOW / 4);
    }

    @Test
    void givesNoCreditForWhatWaits() {
        inflow.pause();
        inflow.arrived(Buffer.buffer(new byte[WINDOW]));
        lane.endTick();
        assertThat(bus.take()).isEmpty();
        inflow.fetch(1);
        lane.endTick();
        assertThat(takeCredit()).isEqualTo(WINDOW);
    }

    @Test
    void givesNoCreditAfterTheEnd() {
        inflow.pause();
        inflow.arrived(Buffer.buffer(new byte[WINDOW]));
        end();
        inflow.fetch(Long.MAX_VALUE);
        lane.endTick();
        assertThat(consumed).hasSize(2);
        assertThat(bus.take()).isEmpty();
    }

    @Test
    void letsBytesPassOnlyWhenNoneWaitAndAllAreWanted() {
        assertThat(inflow.passes(WINDOW)).isTrue();
        lane.endTick();
        assertThat(takeCredit()).isEqualTo(WINDOW);
        inflow.pause();
        assertThat(inflow.passes(1)).isFalse();
        inflow.arrived(Buffer.buffer("a"));
        inflow.fetch(Long.MAX_VALUE);
        assertThat(inflow.passes(1)).as("one waits").isFalse();
        lane.endTick();
        assertThat(inflow.passes(1)).isTrue();
        inflow.discard();
        assertThat(inflow.passes(1)).isFalse();
    }

    @Test
    void dropsWhatWaitsAndWhatStillArrivesAfterItIsDiscarded() {
        inflow.pause();
        inflow.arrived(Buffer.buffer("a"));
        inflow.discard();
        inflow.arrived(Buffer.buffer("b"));
        end();
        inflow.fetch(Long.MAX_VALUE);
        lane.endTick();
        assertThat(consumed).isEmpty();
        assertThat(lane.state.buffered().get()).isZero();
        assertThat(inflow.finished()).isFalse();
    }

    private void end() {
        inflow.arrivedAll(MultiMap.caseInsensitiveMultiMap());
    }

    private long takeCredit() {
        var frames = bus.take().get(0).frames();
        assertThat(OpenFrame.type(frames)).isEqualTo(Frame.CREDIT);
        assertThat(StreamId.atReceiver(Varint.read(frames))).isEqualTo(new StreamId(1, true));
        return Varint.read(frames);
    }

    private final class Recorder implements Inflow.Consumer {
        @Override
        public void consume(Buffer chunk) {
            consumed.add(chunk.toString());
            if (chunk.toString().equals("pause")) {
                inflow.pause();
            }
        }

        @Override
        public void consumeEnd(@Nullable MultiMap trailers) {
            consumed.add(END);
        }
    }
}
