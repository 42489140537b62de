package io.colonnade.transport.link;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.colonnade.core.Failure;
import io.colonnade.core.Protocol;
import io.colonnade.transport.frame.Fields;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.FrameLength;
import io.colonnade.transport.frame.MalformedBatchException;
import io.colonnade.transport.frame.OpenFrame;
import io.colonnade.transport.frame.RequestHead;
import io.colonnade.transport.frame.ResponseHead;
import io.colonnade.transport.frame.StreamId;
import io.colonnade.transport.frame.UnwritableFrameException;
import io.colonnade.transport.frame.Varint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Whatever is written is read back equal or is refused when it is written; and a frame that cannot be read harms no stream but its own. The
 * system property {@code fuzz.frames} sets the number of frames, {@code fuzz.seed} repeats a run.
 */
class FrameFuzzTest {
    private static final int STREAMS = 8;
    private static final int MOST_FRAMES = 12;

    /** Resets take effect after the rest of their batch, so they are compared apart, under the stream's number and this. */
    private static final int RESETS = 1_000_000_000;

    private static final long FRAMES = Long.getLong("fuzz.frames", 200_000);
    private static final long SEED = Long.getLong("fuzz.seed", new Random().nextLong());

    private final Random random = new Random(SEED);
    private final VirtualLane nearLane = new VirtualLane(TransportConfig.DEFAULTS);
    private final VirtualLane farLane = new VirtualLane(TransportConfig.DEFAULTS);
    private final RecordedLine nearLine = new RecordedLine();
    private final RemoteLane far =
            new RemoteLane(nearLane.state, TestMember.named("far", Protocol.CURRENT), nearLine, null, this::opened);
    private final RemoteLane near = new RemoteLane(
            farLane.state, TestMember.named("near", Protocol.CURRENT), new RecordedLine(), null, this::opened);
    private final LinkOutput output = far.link().output();
    private final Map<Integer, List<String>> written = new HashMap<>();
    private final Map<Integer, List<String>> read = new HashMap<>();
    private int lastOpened = STREAMS;

    @BeforeAll
    static void printsItsSeed() {
        System.out.println("FrameFuzzTest: -Dfuzz.seed=" + SEED + " -Dfuzz.frames=" + FRAMES);
        dispatchLog().setLevel(Level.OFF);
    }

    @AfterAll
    static void logsAgain() {
        dispatchLog().setLevel(null);
    }

    private static Logger dispatchLog() {
        return (Logger) LoggerFactory.getLogger(FrameDispatch.class);
    }

    @Test
    void readsBackWhatItWrote() {
        var refused = 0L;
        for (var frames = 0L; frames < FRAMES; ) {
            addStreams();
            for (var count = 1 + random.nextInt(MOST_FRAMES); count > 0; count--, frames++) {
                refused += write() ? 0 : 1;
            }
            deliver(batch());
            assertThat(read).as("seed " + SEED).isEqualTo(written);
        }
        assertThat(refused)
                .as("frames that were refused when they were written")
                .isPositive();
    }

    @Test
    void harmsNoStreamButThatOfTheFrame() {
        for (var frames = 0L; frames < FRAMES / 2; ) {
            addStreams();
            for (var count = 2 + random.nextInt(MOST_FRAMES); count > 0; count--, frames++) {
                write();
            }
            var batch = batch();
            var harmed = spoil(batch.frames());
            deliver(batch);
            List.of(written, read).forEach(events -> events.keySet().removeAll(List.of(harmed, RESETS + harmed)));
            assertThat(read).as("seed " + SEED).isEqualTo(written);
        }
    }

    @Test
    void readsNoiseWithoutAnyOtherErrorThanThatItIsNoise() {
        for (var count = 0L; count < FRAMES / 10; count++) {
            addStreams();
            var noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            for (var at = 0; at + FrameLength.SIZE < noise.length && random.nextBoolean(); ) {
                var length = random.nextInt(noise.length - at - FrameLength.SIZE);
                Unpooled.wrappedBuffer(noise).setInt(at, length);
                at += FrameLength.SIZE + length;
            }
            output.pong();
            nearLane.endTick();
            try {
                near.receive(nearLine.take().get(0).header(), Unpooled.wrappedBuffer(noise));
            } catch (MalformedBatchException | IndexOutOfBoundsException known) {
                near.startOver();
            }
            farLane.endTick();
        }
    }

    private void addStreams() {
        written.clear();
        read.clear();
        for (var number = 1; number <= STREAMS; number++) {
            near.link().replace(new Reader(new StreamId(number, false)));
            written.put(number, new ArrayList<>());
            read.put(number, new ArrayList<>());
        }
    }

    private RecordedLine.Batch batch() {
        output.pong();
        nearLane.endTick();
        var batches = nearLine.take();
        assertThat(batches).hasSize(1);
        return batches.get(0);
    }

    private void deliver(RecordedLine.Batch batch) {
        near.receive(batch.header(), batch.frames());
        near.settle();
        farLane.endTick();
    }

    /** Writes a frame of any kind; false if it was refused. */
    private boolean write() {
        var number = 1 + random.nextInt(STREAMS);
        var stream = new StreamId(number, true);
        var to = output.begin();
        try {
            var event = write(to, stream);
            output.framed();
            written.computeIfAbsent(event.stream, unknown -> new ArrayList<>()).add(event.what);
            return true;
        } catch (UnwritableFrameException refused) {
            return false;
        }
    }

    private record Event(int stream, String what) {}

    private Event write(ByteBuf to, StreamId stream) {
        return switch (random.nextInt(8)) {
            case 0 -> head(to, stream, Frame.HEAD);
            case 1 -> head(to, stream, Frame.INFORM);
            case 2 -> data(to, stream);
            case 3 -> end(to, stream);
            case 4 -> {
                Frame.STOP.begin(to, stream);
                yield new Event(stream.number(), "STOP");
            }
            case 5 -> credit(to, stream);
            case 6 -> reset(to, stream);
            default -> open(to);
        };
    }

    private Event head(ByteBuf to, StreamId stream, Frame type) {
        var status = random.nextInt(4) == 0 ? random.nextInt(1200) - 100 : 200 + random.nextInt(400);
        var fields = fields();
        type.begin(to, stream);
        ResponseHead.write(to, status, fields);
        return new Event(stream.number(), type + " " + status + " " + fields.entries());
    }

    private Event data(ByteBuf to, StreamId stream) {
        var bytes = text(200);
        Frame.DATA.begin(to, stream);
        Varint.write(to, bytes.length());
        to.writeCharSequence(bytes, StandardCharsets.ISO_8859_1);
        return new Event(stream.number(), "DATA " + bytes);
    }

    private Event end(ByteBuf to, StreamId stream) {
        var trailers = fields();
        Frame.END.begin(to, stream);
        Fields.write(to, trailers);
        return new Event(stream.number(), "END " + trailers.entries());
    }

    private Event credit(ByteBuf to, StreamId stream) {
        var bytes = random.nextLong() & Long.MAX_VALUE;
        Frame.CREDIT.begin(to, stream);
        Varint.write(to, bytes);
        return new Event(stream.number(), "CREDIT " + bytes);
    }

    private Event reset(ByteBuf to, StreamId stream) {
        var kinds = Failure.Kind.values();
        var progresses = Failure.Progress.values();
        var failure = new Failure(
                kinds[random.nextInt(kinds.length)], progresses[random.nextInt(progresses.length)], text(60));
        Frame.writeReset(to, stream, failure);
        return new Event(RESETS + stream.number(), failure.progress() + " " + failure.getMessage());
    }

    private Event open(ByteBuf to) {
        var target = "/" + text(100);
        var fields = fields();
        lastOpened++;
        OpenFrame.write(to, new StreamId(lastOpened, true), target, fields);
        return new Event(lastOpened, "OPEN " + target + " " + fields.entries());
    }

    private MultiMap fields() {
        var fields = MultiMap.caseInsensitiveMultiMap();
        for (var count = random.nextInt(6); count > 0; count--) {
            fields.add(random.nextInt(60) == 0 ? "" : "n" + text(12), text(40));
        }
        return fields;
    }

    /** Text of any bytes, often of those that frames begin with. */
    private String text(int most) {
        var bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            for (var i = 0; i < bytes.length; i++) {
                bytes[i] &= (byte) 0x8F;
            }
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Changes what is in one frame of a stream, but neither its type nor the stream; returns the stream, or 0 if nothing was changed. */
    private int spoil(ByteBuf frames) {
        var starts = new ArrayList<Integer>();
        for (var at = frames.readerIndex(); at < frames.writerIndex(); at += FrameLength.SIZE + frames.getInt(at)) {
            starts.add(at);
        }
        if (starts.isEmpty()) {
            return 0;
        }
        var start = starts.get(random.nextInt(starts.size()));
        var frame = frames.slice(start + FrameLength.SIZE, frames.getInt(start));
        Frame.type(frame);
        var stream = StreamId.atReceiver(Varint.read(frame));
        while (frame.isReadable()) {
            var here = frame.readerIndex();
            var before = frame.readByte();
            frame.setByte(here, random.nextInt(3) == 0 ? random.nextInt(256) : before);
        }
        return stream.number();
    }

    private void opened(Link link, StreamId id, RequestHead head) {
        event(id, "OPEN " + head.uri() + " " + head.fields().entries());
    }

    private void event(StreamId id, String what) {
        read.computeIfAbsent(id.number(), unknown -> new ArrayList<>()).add(what);
    }

    /** Writes down all that arrives, and stays open whatever that is. */
    private final class Reader implements Stream {
        private final StreamId id;

        private Reader(StreamId id) {
            this.id = id;
        }

        @Override
        public StreamId id() {
            return id;
        }

        @Override
        public long openedIn() {
            return 0;
        }

        @Override
        public void head(Frame type, ResponseHead head) {
            event(id, type + " " + head.status() + " " + head.fields().entries());
        }

        @Override
        public void arrived(ByteBuf batch, int length) {
            event(id, "DATA " + batch.readCharSequence(length, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void arrivedAll(MultiMap trailers) {
            event(id, "END " + trailers.entries());
        }

        @Override
        public void stop() {
            event(id, "STOP");
        }

        @Override
        public void credit(long bytes) {
            event(id, "CREDIT " + bytes);
        }

        @Override
        public void fail(Failure cause) {
            var what = cause.progress() + " " + withoutMember(String.valueOf(cause.getMessage()));
            read.computeIfAbsent(RESETS + id.number(), unknown -> new ArrayList<>())
                    .add(what);
        }

        @Override
        public void settle() {
            // Nothing is held back.
        }

        @Override
        public void tick(long nanos) {
            // Keeps no time limits.
        }

        private static String withoutMember(String message) {
            return message.startsWith("near: ") ? message.substring("near: ".length()) : message;
        }
    }
}
