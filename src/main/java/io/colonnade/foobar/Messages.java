package io.colonnade.foobar;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/** Where the messages are kept. Futures fail with whatever the database fails with. */
interface Messages {
    /** Those of the page's size that are older than its start, newest first. */
    Future<List<Message>> list(Page page);

    Future<Optional<Message>> find(long id);

    /**
     * Adds the message and its picture, or neither. If its author has already used its idempotency key, nothing is added, and
     * the receipt is of what was then.
     */
    Future<Receipt> add(Draft draft);

    /** Removes a message of this owner; false if there is none. */
    Future<Boolean> remove(long id, String owner);

    /** One part of a message's picture, counted from 0; empty if the message is gone. */
    Future<Optional<Buffer>> part(long id, int part);

    /**
     * What became of a draft.
     *
     * @param id of the message
     * @param fingerprint of the draft that made the message
     * @param fresh whether this call made it
     */
    record Receipt(long id, String fingerprint, boolean fresh) {}
}
