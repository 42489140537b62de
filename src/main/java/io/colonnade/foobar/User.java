package io.colonnade.foobar;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Session;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in. There are no passwords: whoever signs in is a new user until the session ends.
 *
 * @param id random and public: it tells apart users of one name, and which messages are whose. What proves it is the session
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
