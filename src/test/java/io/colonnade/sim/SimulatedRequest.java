package io.colonnade.sim;

import io.colonnade.core.Exchange;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Random;

/** A request and its response, as far as the choice of a member and the retry look at them. */
final class SimulatedRequest implements InvocationHandler {
    private static final double POSTS = 0.1;
    private static final double STREAMS = 0.02;
    private static final double MEAN_STREAM_NANOS = 5e9;

    private final HttpMethod method;
    private final long streamNanos;
    private final HttpServerRequest downstream = proxy(HttpServerRequest.class);
    private final HttpServerResponse response = proxy(HttpServerResponse.class);
    private boolean headWritten;

    private SimulatedRequest(HttpMethod method, long streamNanos) {
        this.method = method;
        this.streamNanos = streamNanos;
    }

    /** One in ten is a POST; of the others, one in fifty is a stream of some seconds. */
    static SimulatedRequest of(Random random) {
        if (random.nextDouble() < POSTS) {
            return new SimulatedRequest(HttpMethod.POST, 0);
        }
        var stream = random.nextDouble() < STREAMS;
        return new SimulatedRequest(
                HttpMethod.GET, stream ? 1 + (long) SimulatedNetwork.exponential(random, MEAN_STREAM_NANOS) : 0);
    }

    static SimulatedRequest of(Exchange exchange) {
        return (SimulatedRequest) Proxy.getInvocationHandler(exchange.request());
    }

    HttpServerRequest downstream() {
        return downstream;
    }

    HttpMethod method() {
        return method;
    }

    /** How long the body goes on after the head; 0 for what is answered as a whole. */
    long streamNanos() {
        return streamNanos;
    }

    boolean headWritten() {
        return headWritten;
    }

    void writeHead() {
        headWritten = true;
    }

    @Override
    public Object invoke(Object proxy, Method called, Object[] arguments) {
        return switch (called.getName()) {
            case "method" -> method;
            case "bytesRead" -> 0L;
            case "response" -> response;
            case "headWritten" -> headWritten;
            case "closed" -> false;
            case "headers" -> MultiMap.caseInsensitiveMultiMap();
            default -> proxy;
        };
    }

    private <T> T proxy(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
    }
}
