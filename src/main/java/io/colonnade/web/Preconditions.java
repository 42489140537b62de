package io.colonnade.web;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Evaluates the conditions of a request, in the order of RFC 9110, section 13.2.2. */
final class Preconditions {
    /** The result for a representation. */
    enum Outcome {
        HOLD,
        NOT_MODIFIED,
        FAIL
    }

    private static final Pattern ENTITY_TAG = Pattern.compile("(W/)?(\"[^\"]*\")");

    private final MultiMap fields;
    private final Representation current;

    Preconditions(MultiMap fields, Representation current) {
        this.fields = fields;
        this.current = current;
    }

    Outcome evaluate() {
        if (!ownerHasCurrent()) {
            return Outcome.FAIL;
        }
        return clientHasCurrent() ? Outcome.NOT_MODIFIED : Outcome.HOLD;
    }

    /** Whether a range of the current representation matches the part that the client has. Only a strong tag can tell. */
    boolean rangeApplies() {
        var condition = fields.get(HttpHeaderNames.IF_RANGE);
        return condition == null || condition.strip().equals(current.etag());
    }

    private boolean ownerHasCurrent() {
        var tags = fields.getAll(HttpHeaderNames.IF_MATCH);
        if (!tags.isEmpty()) {
            return isAny(tags) || names(tags, false);
        }
        var since = date(HttpHeaderNames.IF_UNMODIFIED_SINCE);
        return since == null || !current.modified().instant().isAfter(since);
    }

    private boolean clientHasCurrent() {
        var tags = fields.getAll(HttpHeaderNames.IF_NONE_MATCH);
        if (!tags.isEmpty()) {
            return isAny(tags) || names(tags, true);
        }
        var since = date(HttpHeaderNames.IF_MODIFIED_SINCE);
        return since != null
                && current.modifiedIsKnown()
                && !current.modified().instant().isAfter(since);
    }

    private static boolean isAny(List<String> tags) {
        return tags.size() == 1 && tags.get(0).strip().equals("*");
    }

    /** Compares the whole field first: almost always it has one tag, the current one. */
    private boolean names(List<String> lists, boolean weakToo) {
        return lists.get(0).equals(current.etag()) || anyOf(lists, weakToo);
    }

    private boolean anyOf(List<String> lists, boolean weakToo) {
        return lists.stream()
                .flatMap(list -> ENTITY_TAG.matcher(list).results())
                .anyMatch(tag -> tag.group(2).equals(current.etag()) && (weakToo || tag.group(1) == null));
    }

    private @Nullable Instant date(CharSequence field) {
        var text = fields.get(field);
        var date = text == null ? null : DateFormatter.parseHttpDate(text);
        return date == null ? null : date.toInstant();
    }
}
