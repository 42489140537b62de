package io.colonnade.core;

import io.vertx.core.json.JsonObject;

/** A part of the node that can tell how it is. */
public interface StatusSource {
    /** The key of this part in {@code /status}, such as {@code transport}. */
    String name();

    /** The present figures; may be called on any thread and must not block. */
    JsonObject status();
}
