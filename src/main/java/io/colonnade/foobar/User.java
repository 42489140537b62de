package io.colonnade.foobar;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Session;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user who is signed in. There are no passwords: each sign-in makes a new user, who lasts as long as the session.
 *
 * @param id random and public; it distinguishes users of the same name, and marks their messages. The session proves it
 */
record User(String id, String name) {
    private static final String ID = "user";
    private static final String NAME = "name";

    static Optional<User> of(@Nullable Session session) {
        if (session == null) {
            return Optional.empty();
        }
        String id = session.get(ID);
        String name = session.get(NAME);
        return id == null || name == null ? Optional.empty() : Optional.of(new User(id, name));
    }

    void signIn(Session session) {
        session.put(ID, id).put(NAME, name);
    }

    JsonObject json() {
        return new JsonObject().put("id", id).put("name", name);
    }
}
