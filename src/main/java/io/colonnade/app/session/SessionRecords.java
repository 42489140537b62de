package io.colonnade.app.session;

import io.colonnade.cluster.SharedMap;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one site in the cluster's map, which has one entry for each session. Each write is an atomic change of the
 * entry, so that parallel requests do not overwrite what they have not changed.
 *
 * <p>The futures fail with {@link Kind#SITE_UNAVAILABLE} if the map does not answer within its time limit.
 */
public final class SessionRecords {
    private final String site;
    private final SharedMap map;
    private final long idleMillis;
    private final LongAdder failures;

    /**
     * @param idleMillis how long the map keeps an entry that is not read, in milliseconds
     * @param failures counts the operations that failed because the map did not answer
     */
    public SessionRecords(String site, SharedMap map, long idleMillis, LongAdder failures) {
        this.site = site;
        this.map = map;
        this.idleMillis = idleMillis;
        this.failures = failures;
    }

    public SharedSession fresh() {
        return SharedSession.fresh(idleMillis);
    }

    /** Reads a session; null if there is none, or if its id has changed. */
    public Future<@Nullable SharedSession> read(String id) {
        return available(map.read(key(id))).map(stored -> {
            var record = stored == null ? null : SessionRecord.parse(stored);
            return record == null || record.movedTo() != null ? null : session(id, record);
        });
    }

    /** Stores what the request has changed. Completes at once if it has changed nothing. */
    public Future<Void> save(SharedSession session) {
        if (!session.unsaved()) {
            return Future.succeededFuture();
        }
        var stored = session.storedId();
        if (session.isDestroyed()) {
            return stored == null ? Future.succeededFuture() : remove(stored).onSuccess(v -> session.savedAs(null));
        }
        var changes = session.takeChanges();
        return saveChanges(session, changes)
                .onSuccess(v -> session.savedAs(session.id()))
                .onFailure(v -> session.returnChanges(changes));
    }

    /**
     * Changes one value atomically, after storing everything else that the request has changed.
     *
     * @param change may be called several times, and on another thread
     */
    public Future<@Nullable Object> update(
            SharedSession session, String key, Function<@Nullable Object, @Nullable Object> change) {
        return ensureStored(session)
                .compose(id -> change(id, record -> record.with(key, applied(change, record.value(key)))))
                .map(record -> {
                    if (record == null) {
                        throw new IllegalStateException("the session was ended by another request");
                    }
                    session.know(key, record.value(key));
                    return record.value(key);
                });
    }

    private Future<String> ensureStored(SharedSession session) {
        if (session.storedId() != null || session.unsaved()) {
            return save(session).map(v -> session.id());
        }
        var id = session.id();
        return create(id, new JsonObject()).onSuccess(v -> session.savedAs(id)).map(id);
    }

    private Future<Void> saveChanges(SharedSession session, Map<String, @Nullable Object> changes) {
        var stored = session.storedId();
        if (stored == null) {
            return create(session.id(), session.copy());
        }
        if (!session.isRegenerated()) {
            return change(stored, record -> record.with(changes)).mapEmpty();
        }
        var seen = session.copy();
        return session.discarded()
                ? remove(stored).compose(v -> create(session.id(), seen))
                : create(session.id(), seen).compose(v -> move(stored, session.id(), seen, changes.keySet()));
    }

    /**
     * Replaces the entry of the old id by a reference to the new id. The entry of the new id exists before that, so that a
     * parallel request with the old id always finds one of the two. Then copies what such a request has stored meanwhile.
     */
    private Future<Void> move(String from, String to, JsonObject seen, Set<String> ours) {
        var left = new AtomicReference<@Nullable SessionRecord>();
        return available(map.update(key(from), stored -> {
                    left.set(stored == null ? null : SessionRecord.parse(stored));
                    return stored == null ? null : SessionRecord.moved(to).encode();
                }))
                .compose(v -> {
                    var missed = missed(left.get(), seen, ours);
                    return missed.isEmpty()
                            ? Future.succeededFuture()
                            : change(to, record -> record.with(missed)).mapEmpty();
                });
    }

    private static Map<String, @Nullable Object> missed(
            @Nullable SessionRecord left, JsonObject seen, Set<String> ours) {
        if (left == null || left.movedTo() != null) {
            return Map.of();
        }
        var missed = new HashMap<String, @Nullable Object>();
        var keys = new HashSet<>(seen.fieldNames());
        keys.addAll(left.data().fieldNames());
        keys.removeAll(ours);
        keys.removeIf(key -> Objects.equals(left.value(key), seen.getValue(key)));
        keys.forEach(key -> missed.put(key, left.value(key)));
        return missed;
    }

    private Future<Void> create(String id, JsonObject data) {
        var created = SessionRecord.of(data).encode();
        return available(map.update(key(id), none -> created)).mapEmpty();
    }

    private Future<Void> remove(String id) {
        return available(map.remove(key(id)));
    }

    /** Changes a session under its present id; null if it was ended, which no change undoes. */
    private Future<@Nullable SessionRecord> change(String id, UnaryOperator<SessionRecord> change) {
        return available(map.update(key(id), stored -> changed(stored, change))).compose(stored -> {
            var record = stored == null ? null : SessionRecord.parse(stored);
            return record == null || record.movedTo() == null
                    ? Future.succeededFuture(record)
                    : change(record.movedTo(), change);
        });
    }

    private static @Nullable Buffer changed(@Nullable Buffer stored, UnaryOperator<SessionRecord> change) {
        if (stored == null) {
            return null;
        }
        var record = SessionRecord.parse(stored);
        return record.movedTo() == null ? change.apply(record).encode() : stored;
    }

    private static @Nullable Object applied(
            Function<@Nullable Object, @Nullable Object> change, @Nullable Object value) {
        try {
            var changed = change.apply(value);
            return changed == null ? null : JsonLike.check(changed);
        } catch (RuntimeException thrown) {
            throw new SiteThrew(thrown);
        }
    }

    private SharedSession session(String id, SessionRecord record) {
        return SharedSession.stored(id, record.data(), idleMillis);
    }

    private String key(String id) {
        return site + "/" + id;
    }

    private <T> Future<T> available(Future<T> operation) {
        return operation.recover(cause -> {
            if (cause instanceof SiteThrew threw) {
                return Future.failedFuture(threw.thrown);
            }
            failures.increment();
            return Future.failedFuture(new Failure(
                    Kind.SITE_UNAVAILABLE,
                    Progress.REQUEST,
                    "the sessions of site " + site + " cannot be reached (" + cause
                            + "); they are back when the cluster answers again"));
        });
    }

    /** Wraps an exception of the site's own function, to distinguish it from a failure of the map. */
    private static final class SiteThrew extends RuntimeException {
        private final RuntimeException thrown;

        SiteThrew(RuntimeException thrown) {
            super(thrown);
            this.thrown = thrown;
        }
    }
}
