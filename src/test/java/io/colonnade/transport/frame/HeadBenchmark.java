package io.colonnade.transport.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Frames: the head of a response with the fields that a dynamic answer has, and a piece of a body. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeadBenchmark {
    private final MultiMap fields = HeadersMultiMap.httpHeaders()
            .add("content-type", "application/json")
            .add("content-length", "2048")
            .add("cache-control", "no-store")
            .add("x-app-node", "amber-heron");
    private final TextCache texts = new TextCache();
    private final ByteBuf to = Unpooled.buffer(1_024);
    private final ByteBuf head = Unpooled.buffer(1_024);
    private final ByteBuf data = Unpooled.buffer(Frame.MAX_DATA + Frame.MAX_DATA_HEADER);

    public HeadBenchmark() {
        ResponseHead.write(head, 200, fields);
        Varint.write(data, 2_048);
        data.writeZero(2_048);
    }

    @Benchmark
    public ByteBuf writesAHead() {
        ResponseHead.write(to.clear(), 200, fields);
        return to;
    }

    @Benchmark
    public Object readsAHead() {
        return ResponseHead.read(head.readerIndex(0), texts);
    }

    @Benchmark
    public Buffer readsTwoKilobytesOfData() {
        data.readerIndex(0);
        return Frame.readData(data, Frame.readLength(data));
    }
}
