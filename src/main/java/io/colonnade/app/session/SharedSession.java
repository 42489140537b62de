package io.colonnade.app.session;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Session;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A session as one request sees it. It remembers which keys the request has changed, so that only those are stored. Used on
 * the event loop of the request only.
 */
public final class SharedSession implements Session {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 24;

    private final long idleMillis;
    private final Map<String, Object> data = new HashMap<>();
    private final Map<String, @Nullable Object> changes = new HashMap<>();
    private @Nullable String id;
    private @Nullable String storedId;
    private boolean destroyed;
    private boolean discarded;
    private long lastAccessed = System.currentTimeMillis();

    private SharedSession(long idleMillis) {
        this.idleMillis = idleMillis;
    }

    /** A new session. It is stored only if something is put into it. */
    static SharedSession fresh(long idleMillis) {
        return new SharedSession(idleMillis);
    }

    static SharedSession stored(String id, JsonObject data, long idleMillis) {
        var session = new SharedSession(idleMillis);
        session.id = id;
        session.storedId = id;
        data.forEach(entry -> session.data.put(entry.getKey(), entry.getValue()));
        return session;
    }

    /** Whether the text has the form of a session id. */
    public static boolean isId(String text) {
        return text.length() == 2 * ID_BYTES && text.chars().allMatch(HexFormat::isHexDigit);
    }

    /** The id under which the session is stored; null if it is not stored. */
    @Nullable
    public String storedId() {
        return storedId;
    }

    /** Whether the stored values must not be kept under the new id: the session was destroyed, and then used again. */
    boolean discarded() {
        return discarded;
    }

    /** Whether the request has changed anything that must be stored. */
    public boolean unsaved() {
        return storedId == null ? !changes.isEmpty() : destroyed || !changes.isEmpty() || isRegenerated();
    }

    /** Returns the changes and forgets them; a null stands for a removed key. */
    Map<String, @Nullable Object> takeChanges() {
        var taken = new HashMap<String, @Nullable Object>(changes.size());
        changes.forEach((key, value) -> taken.put(key, JsonLike.copy(value)));
        changes.clear();
        return taken;
    }

    /** Takes back changes that could not be stored, except for keys that were changed again since. */
    void returnChanges(Map<String, @Nullable Object> untaken) {
        untaken.forEach((key, value) -> {
            if (!changes.containsKey(key)) {
                changes.put(key, value);
            }
        });
    }

    /** A copy of all values, which later changes do not affect. */
    JsonObject copy() {
        return new JsonObject(new HashMap<>(data)).copy();
    }

    /** Says that the cluster has it under the present id now. */
    void savedAs(@Nullable String savedId) {
        storedId = savedId;
        discarded = false;
    }

    /** Sets a value that the cluster has already. */
    void know(String key, @Nullable Object value) {
        if (value == null) {
            data.remove(key);
        } else {
            data.put(key, value);
        }
    }

    @Override
    public String id() {
        if (id == null) {
            var bytes = new byte[ID_BYTES];
            RANDOM.nextBytes(bytes);
            id = HexFormat.of().formatHex(bytes);
        }
        return id;
    }

    @Override
    public Session regenerateId() {
        id = null;
        return this;
    }

    @Override
    public boolean isRegenerated() {
        return storedId != null && !storedId.equals(id);
    }

    @Override
    public @Nullable String oldId() {
        return isRegenerated() ? storedId : null;
    }

    @Override
    public Session put(String key, @Nullable Object value) {
        if (value == null) {
            remove(key);
            return this;
        }
        JsonLike.check(value);
        revive();
        data.put(key, value);
        changes.put(key, value);
        return this;
    }

    @Override
    public Session putIfAbsent(String key, Object value) {
        return data.containsKey(key) ? this : put(key, value);
    }

    @Override
    public Session computeIfAbsent(String key, Function<String, Object> value) {
        return data.containsKey(key) ? this : put(key, value.apply(key));
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> @Nullable T get(String key) {
        return (T) data.get(key);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> @Nullable T remove(String key) {
        var removed = data.remove(key);
        if (removed != null) {
            changes.put(key, null);
        }
        return (T) removed;
    }

    /** A view that cannot be changed: {@link #put} and {@link #remove} change the session, so that no change is missed. */
    @Override
    public Map<String, Object> data() {
        return Collections.unmodifiableMap(data);
    }

    @Override
    public boolean isEmpty() {
        return data.isEmpty();
    }

    @Override
    public long lastAccessed() {
        return lastAccessed;
    }

    @Override
    public void setAccessed() {
        lastAccessed = System.currentTimeMillis();
    }

    @Override
    public void destroy() {
        destroyed = true;
        data.clear();
        changes.clear();
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public long timeout() {
        return idleMillis;
    }

    /** A value that is put into a destroyed session begins a new session, as in Vert.x Web. */
    private void revive() {
        if (destroyed) {
            destroyed = false;
            discarded = true;
            regenerateId();
        }
    }
}
