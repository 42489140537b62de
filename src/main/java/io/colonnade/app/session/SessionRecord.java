package io.colonnade.app.session;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entry that the cluster's map has under a session's id.
 *
 * @param data the session's values; empty if the session has moved
 * @param movedTo the new id of the session, after its id was changed. Requests that began under the old id follow it; new
 *     requests do not. Null if the id was not changed
 */
record SessionRecord(JsonObject data, @Nullable String movedTo) {
    private static final String DATA = "data";
    private static final String MOVED = "moved";

    static SessionRecord of(JsonObject data) {
        return new SessionRecord(data, null);
    }

    static SessionRecord moved(String id) {
        return new SessionRecord(new JsonObject(), id);
    }

    static SessionRecord parse(Buffer stored) {
        var json = new JsonObject(stored);
        return new SessionRecord(json.getJsonObject(DATA, new JsonObject()), json.getString(MOVED));
    }

    @Nullable
    Object value(String key) {
        return data.getValue(key);
    }

    Buffer encode() {
        var json = movedTo == null ? new JsonObject().put(DATA, data) : new JsonObject().put(MOVED, movedTo);
        return json.toBuffer();
    }

    /** The record with these changes; a null removes its key. */
    SessionRecord with(Map<String, @Nullable Object> changes) {
        var merged = data.copy();
        changes.forEach((key, value) -> set(merged, key, value));
        return of(merged);
    }

    SessionRecord with(String key, @Nullable Object value) {
        var changed = data.copy();
        set(changed, key, value);
        return of(changed);
    }

    private static void set(JsonObject data, String key, @Nullable Object value) {
        if (value == null) {
            data.remove(key);
        } else {
            data.put(key, value);
        }
    }
}
