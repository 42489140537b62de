package io.colonnade.app.verticle;

import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** The context that a verticle of a site gets: its owner is the guarded Vert.x, which verticles take from there. */
final class GuardedContext {
    private GuardedContext() {}

    static ContextInternal of(ContextInternal context, Vertx guarded) {
        return (ContextInternal) Proxy.newProxyInstance(
                ContextInternal.class.getClassLoader(),
                new Class<?>[] {ContextInternal.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("owner")) {
                        return guarded;
                    }
                    try {
                        return method.invoke(context, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
