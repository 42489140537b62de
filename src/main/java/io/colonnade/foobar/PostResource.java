package io.colonnade.foobar;

import io.vertx.core.Future;
import io.vertx.core.file.FileSystem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** The resource {@code /api/messages}, for posting. */
final class PostResource {
    private final Messages messages;
    private final Events events;

    PostResource(Messages messages, Events events) {
        this.messages = messages;
        this.events = events;
    }

    /** Answers with 201 and the message; a repetition with the same {@code Idempotency-Key} gets the same answer. */
    void post(RoutingContext ctx) {
        draft(ctx)
                .compose(draft -> messages.add(draft).compose(receipt -> message(draft, receipt)))
                .onSuccess(message -> answer(ctx, message))
                .onFailure(ctx::fail);
    }

    private static Future<Draft> draft(RoutingContext ctx) {
        var user = User.of(ctx.session()).orElseThrow(Problem::signInFirst);
        var key = Input.idempotencyKey(ctx.request().getHeader("Idempotency-Key"));
        if (!Bodies.isMultipart(ctx)) {
            var text = Input.text(Input.json(ctx.body()).getValue("text"));
            return Future.succeededFuture(new Draft(user, text, null, key));
        }
        var text = Input.text(ctx.request().getFormAttribute("text"));
        return upload(ctx).map(upload -> new Draft(user, text, upload, key));
    }

    private static Future<@Nullable Upload> upload(RoutingContext ctx) {
        // A browser sends an empty file for a field in which the user has chosen none.
        var files = ctx.fileUploads().stream().filter(file -> file.size() > 0).toList();
        if (files.isEmpty()) {
            return Future.succeededFuture();
        }
        if (files.size() > 1 || !files.get(0).name().equals("picture")) {
            throw Problem.invalid("picture", "One file may be attached, in the field picture.");
        }
        return inspect(ctx.vertx().fileSystem(), files.get(0));
    }

    private static Future<@Nullable Upload> inspect(FileSystem files, FileUpload file) {
        if (file.size() > Picture.MAX_SIZE) {
            throw Problem.tooLarge("picture", "The picture has " + file.size() + " bytes; 10 MiB are allowed.");
        }
        return Upload.inspect(new Upload.Source(files, file.uploadedFileName(), (int) file.size()));
    }

    private Future<Message> message(Draft draft, Messages.Receipt receipt) {
        if (!receipt.fingerprint().equals(draft.fingerprint())) {
            return Future.failedFuture(Problem.of(
                    422, "This Idempotency-Key was used for another message; take a new key for each message."));
        }
        return messages.find(receipt.id())
                .map(found -> found.orElseThrow(() -> Problem.of(
                        410, "Message " + receipt.id() + " was posted with this key, and has been deleted since.")))
                .onSuccess(message -> {
                    if (receipt.fresh()) {
                        events.posted(message);
                    }
                });
    }

    private static void answer(RoutingContext ctx, Message message) {
        ctx.response().setStatusCode(201).putHeader(HttpHeaders.LOCATION, message.path());
        ctx.json(message.json());
    }
}
