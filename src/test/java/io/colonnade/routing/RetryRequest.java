package io.colonnade.routing;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A request and its response, as far as a retry looks at them and changes them; the body arrives when the test says so. */
final class RetryRequest implements InvocationHandler {
    final HttpServerRequest request = proxy(HttpServerRequest.class);
    final MultiMap responseHeaders = MultiMap.caseInsensitiveMultiMap();
    private final HttpServerResponse response = proxy(HttpServerResponse.class);
    private final HttpMethod method;
    int status = 200;
    long bytesRead;
    boolean headWritten;
    boolean closed;
    private @Nullable Handler<Buffer> body;

    RetryRequest(HttpMethod method) {
        this.method = method;
    }

    /** Some of the body arrives. */
    void arrives(Buffer chunk) {
        bytesRead += chunk.length();
        if (body != null) {
            body.handle(chunk);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // a request has one method "handler", which takes a handler of buffers
    public Object invoke(Object proxy, Method called, Object[] arguments) {
        return switch (called.getName()) {
            case "method" -> method;
            case "bytesRead" -> bytesRead;
            case "isEnded" -> false;
            case "response" -> response;
            case "headWritten" -> headWritten;
            case "closed" -> closed;
            case "headers" -> responseHeaders;
            case "handler" -> {
                body = (Handler<Buffer>) arguments[0];
                yield proxy;
            }
            case "setStatusCode" -> {
                status = (Integer) arguments[0];
                yield proxy;
            }
            default -> proxy;
        };
    }

    private <T> T proxy(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
    }
}
