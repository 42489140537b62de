package io.colonnade.web;

import io.colonnade.core.ListField;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates the conditions of a request, in the order of RFC 9110, section 13.2.2. */
final class Preconditions {
    /** The result for a representation. */
    enum Outcome {
        HOLD,
        NOT_MODIFIED,
        FAIL
    }

    private static final String WEAK = "W/";

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
        if (fields.contains(HttpHeaderNames.IF_MATCH)) {
            return names(HttpHeaderNames.IF_MATCH, false);
        }
        var since = date(HttpHeaderNames.IF_UNMODIFIED_SINCE);
        return since == null || !current.modified().instant().isAfter(since);
    }

    private boolean clientHasCurrent() {
        if (fields.contains(HttpHeaderNames.IF_NONE_MATCH)) {
            return names(HttpHeaderNames.IF_NONE_MATCH, true);
        }
        var since = date(HttpHeaderNames.IF_MODIFIED_SINCE);
        return since != null
                && current.modifiedIsKnown()
                && !current.modified().instant().isAfter(since);
    }

    /** Compares the whole field first: almost always it has one tag, the current one. */
    private boolean names(CharSequence field, boolean weakToo) {
        return (current.isSettled() && current.etag().equals(fields.get(field)))
                || names(ListField.entityTags(fields, field), weakToo);
    }

    /** {@code *} stands alone, for any tag. */
    private boolean names(List<String> tags, boolean weakToo) {
        return tags.contains(current.etag())
                || (weakToo && tags.contains(WEAK + current.etag()))
                || (tags.size() == 1 && tags.get(0).equals("*"));
    }

    private @Nullable Instant date(CharSequence field) {
        var text = fields.get(field);
        var date = text == null ? null : DateFormatter.parseHttpDate(text);
        return date == null ? null : date.toInstant();
    }
}
