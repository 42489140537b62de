package io.colonnade.routing;

import static io.colonnade.routing.Members.member;

import io.colonnade.config.SiteConfig.Policy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Each policy among twelve members. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SelectorBenchmark {
    @Param
    public Policy policy;

    private Selector selector;

    @Setup
    public void open() {
        var endpoints = IntStream.rangeClosed(1, 12)
                .mapToObj(number -> new Endpoint(member(number).build(), number == 1, new AtomicInteger(number % 3), 0))
                .toList();
        selector = Selectors.of(policy, endpoints, new TurnCounter(0));
    }

    @Benchmark
    public Object selects() {
        return selector.select();
    }
}
