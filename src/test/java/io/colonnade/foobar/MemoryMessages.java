package io.colonnade.foobar;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The messages in memory, with a switch that takes the database away. */
final class MemoryMessages implements Messages {
    private final TreeMap<Long, Message> messages = new TreeMap<>();
    private final Map<Long, List<Buffer>> parts = new HashMap<>();
    private final Map<String, Receipt> receipts = new HashMap<>();
    private @Nullable RuntimeException outage;
    private long lastId;

    void fail(RuntimeException failure) {
        outage = failure;
    }

    int size() {
        return messages.size();
    }

    @Override
    public Future<List<Message>> list(Page page) {
        return available(messages.headMap(page.before(), false).descendingMap().values().stream()
                .limit(page.lookAhead())
                .toList());
    }

    @Override
    public Future<Optional<Message>> find(long id) {
        return available(Optional.ofNullable(messages.get(id)));
    }

    @Override
    public Future<Receipt> add(Draft draft) {
        var earlier = receipts.get(draft.author().id() + draft.idempotencyKey());
        if (earlier != null) {
            return available(earlier);
        }
        var id = ++lastId;
        var fresh = new Receipt(id, draft.fingerprint(), true);
        if (draft.idempotencyKey() != null) {
            receipts.put(draft.author().id() + draft.idempotencyKey(), new Receipt(id, draft.fingerprint(), false));
        }
        return bytes(draft).map(bytes -> {
            parts.put(id, bytes);
            messages.put(
                    id,
                    new Message(
                            id,
                            draft.author().name(),
                            draft.author().id(),
                            draft.text(),
                            Instant.EPOCH,
                            draft.picture()));
            return fresh;
        });
    }

    private static Future<List<Buffer>> bytes(Draft draft) {
        List<Buffer> bytes = new ArrayList<>();
        var upload = draft.upload();
        return upload == null
                ? Future.succeededFuture(bytes)
                : upload.file()
                        .forEachPart((part, read) -> {
                            bytes.add(part, read.copy());
                            return Future.succeededFuture();
                        })
                        .map(bytes);
    }

    @Override
    public Future<Boolean> remove(long id, String owner) {
        return available(messages.values()
                .removeIf(message -> message.id() == id && message.owner().equals(owner)));
    }

    @Override
    public Future<Optional<Buffer>> part(long id, int part) {
        return available(Optional.ofNullable(parts.get(id)).map(list -> list.get(part)));
    }

    private <T> Future<T> available(T value) {
        return outage == null ? Future.succeededFuture(value) : Future.failedFuture(outage);
    }
}
