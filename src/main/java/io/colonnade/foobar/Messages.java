package io.colonnade.foobar;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/** Stores the messages. The futures fail with the failures of the database. */
interface Messages {
    /** The messages of a page and one more if there is one, newest first. */
    Future<List<Message>> list(Page page);

    Future<Optional<Message>> find(long id);

    /**
     * Adds the message and its picture, or neither. If the author has already used the idempotency key, nothing is added, and
     * the receipt is that of the first use.
     */
    Future<Receipt> add(Draft draft);

    /** Removes a message of this owner; false if the owner has no such message. */
    Future<Boolean> remove(long id, String owner);

    /** One part of a message's picture, counted from 0; empty if the message is gone. */
    Future<Optional<Buffer>> part(long id, int part);

    /**
     * The result of adding a draft.
     *
     * @param id the message's id
     * @param fingerprint the fingerprint of the draft from which the message was made
     * @param fresh whether this call has added the message
     */
    record Receipt(long id, String fingerprint, boolean fresh) {}
}
