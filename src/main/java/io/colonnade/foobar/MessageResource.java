package io.colonnade.foobar;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** The resource {@code /api/messages}, for reading and deleting; {@link PostResource} is for posting. */
final class MessageResource {
    private final Messages messages;
    private final Events events;

    MessageResource(Messages messages, Events events) {
        this.messages = messages;
        this.events = events;
    }

    void list(RoutingContext ctx) {
        var page = Page.of(ctx.queryParams());
        messages.list(page).map(page::answer).onSuccess(ctx::json).onFailure(ctx::fail);
    }

    void show(RoutingContext ctx) {
        find(messages, ctx).map(Message::json).onSuccess(ctx::json).onFailure(ctx::fail);
    }

    /** Deletes a message. Only its author may do so; others get 403. */
    void delete(RoutingContext ctx) {
        var user = User.of(ctx.session()).orElseThrow(Problem::signInFirst);
        find(messages, ctx)
                .compose(message -> delete(message, user))
                .onSuccess(done -> ctx.response().setStatusCode(204).end())
                .onFailure(ctx::fail);
    }

    private Future<Void> delete(Message message, User user) {
        if (!message.owner().equals(user.id())) {
            return Future.failedFuture(
                    Problem.of(403, "Message " + message.id() + " is somebody else's; only its author can delete it."));
        }
        return messages.remove(message.id(), user.id())
                .onSuccess(removed -> {
                    if (removed) {
                        events.deleted(message.id());
                    }
                })
                .mapEmpty();
    }

    /** The message whose id is in the path. Fails with a {@link Problem} of status 404 if there is none. */
    static Future<Message> find(Messages messages, RoutingContext ctx) {
        var id = ctx.pathParam("id");
        return messages.find(Input.number(id)).map(found -> found.orElseThrow(() -> Problem.noMessage(id)));
    }
}
