package io.colonnade.balancer;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.MultiMap;
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

/** The copying and cleaning of the fields that a browser sends. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FieldsBenchmark {
    private final MultiMap browser = HeadersMultiMap.httpHeaders()
            .add("Host", "www.foobar.com")
            .add("Connection", "keep-alive")
            .add("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
            .add("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
            .add("Accept-Language", "en-US,en;q=0.5")
            .add("Accept-Encoding", "gzip, deflate, br")
            .add("Cookie", "session=0123456789abcdef0123456789abcdef");

    @Benchmark
    public MultiMap copies() {
        return HeadersMultiMap.httpHeaders().addAll(browser);
    }

    @Benchmark
    public MultiMap copiesAndCleans() {
        var copy = HeadersMultiMap.httpHeaders().addAll(browser);
        ArrivingHead.check(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/", copy));
        return copy;
    }
}
