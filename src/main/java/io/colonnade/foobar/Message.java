package io.colonnade.foobar;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of the board.
 *
 * @param author the name that the author had when the message was posted
 * @param owner the author's {@link User#id()}
 * @param picture the properties of the picture; null if there is none
 */
record Message(long id, String author, String owner, String text, Instant created, @Nullable Picture picture) {

    String path() {
        return "/api/messages/" + id;
    }

    /** As the API shows it: {@code id}, {@code author}, {@code authorId}, {@code text}, {@code created}, {@code picture}. */
    JsonObject json() {
        return new JsonObject()
                .put("id", id)
                .put("author", author)
                .put("authorId", owner)
                .put("text", text)
                .put("created", created.toString())
                .put("picture", picture == null ? null : path() + "/picture");
    }
}
