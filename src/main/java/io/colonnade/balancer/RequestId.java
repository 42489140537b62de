package io.colonnade.balancer;

import io.vertx.core.http.HttpHeaders;
import java.util.SplittableRandom;

/** The field {@code X-Request-Id}. Used on one lane. */
final class RequestId {
    static final CharSequence FIELD = HttpHeaders.createOptimized("x-request-id");

    private static final int LONGEST = 128;

    private final String prefix;
    private long made;

    RequestId(SplittableRandom random) {
        prefix = Long.toString(random.nextLong(Long.MAX_VALUE), 36) + "-";
    }

    /** The client's id if it is sane, else a new one that no other lane of any node makes. */
    String of(String given) {
        return isSane(given) ? given : prefix + Long.toString(made++, 36);
    }

    /** 1 to 128 letters, digits, dots, dashes and underscores: nothing that could forge a line of a log. */
    private static boolean isSane(String id) {
        for (var i = 0; i < id.length(); i++) {
            var c = id.charAt(i);
            var letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return !id.isEmpty() && id.length() <= LONGEST;
    }
}
