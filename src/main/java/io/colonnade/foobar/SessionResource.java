package io.colonnade.foobar;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;

/** The resource {@code /api/session}: the user who is signed in. */
final class SessionResource {
    /** Signs in by a name: 201, or 200 if a user is signed in already, who then gets the new name. */
    void signIn(RoutingContext ctx) {
        var name = Input.name(Input.json(ctx.body()).getValue("name"));
        var session = ctx.session();
        var before = User.of(session);
        var user =
                new User(before.map(User::id).orElseGet(() -> UUID.randomUUID().toString()), name);
        // A session that somebody planted in the browser before must not become this user's session.
        session.regenerateId();
        user.signIn(session);
        ctx.response().setStatusCode(before.isPresent() ? 200 : 201);
        ctx.json(user.json());
    }

    /** Answers with {@code id} and {@code name}, which are null if nobody is signed in. */
    void show(RoutingContext ctx) {
        var user = User.of(ctx.session()).map(User::json);
        ctx.json(user.orElseGet(() -> new JsonObject().putNull("id").putNull("name")));
    }

    void signOut(RoutingContext ctx) {
        var session = ctx.session();
        if (session != null) {
            session.destroy();
        }
        ctx.response().setStatusCode(204).end();
    }
}
