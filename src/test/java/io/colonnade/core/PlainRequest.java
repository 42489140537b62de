package io.colonnade.core;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A request and its response, as far as the time limits look at them. */
final class PlainRequest implements InvocationHandler {
    private final HttpServerRequest request = proxy(HttpServerRequest.class);
    private final HttpServerResponse response = proxy(HttpServerResponse.class);
    private boolean ended = true;
    private boolean headWritten;

    HttpServerRequest request() {
        return request;
    }

    void isStillArriving() {
        ended = false;
    }

    void writeHead() {
        headWritten = true;
    }

    @Override
    public Object invoke(Object proxy, Method called, Object[] arguments) {
        return switch (called.getName()) {
            case "isEnded" -> ended;
            case "headWritten" -> headWritten;
            case "response" -> response;
            case "headers" -> MultiMap.caseInsensitiveMultiMap();
            default -> throw new UnsupportedOperationException(called.getName());
        };
    }

    private <T> T proxy(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
    }
}
