package io.colonnade.transport.frame;

import io.vertx.core.net.HostAndPort;
import org.jspecify.annotations.Nullable;

/** The parts of a request target (RFC 9112, section 3.2), split as Vert.x's own server does. */
public final class RequestTarget {
    public static String path(String target) {
        var start = pathStart(target);
        if (start < 0) {
            return "/";
        }
        var query = target.indexOf('?', start);
        return target.substring(start, query < 0 ? target.length() : query);
    }

    public static @Nullable String query(String target) {
        var mark = target.indexOf('?');
        return mark < 0 ? null : target.substring(mark + 1);
    }

    /** The absolute form; null for {@code *}, which has none. */
    public static @Nullable String absolute(String scheme, @Nullable HostAndPort authority, RequestHead head) {
        var target = head.uri();
        if (target.equals("*")) {
            return null;
        }
        if (target.startsWith("http://") || target.startsWith("https://")) {
            return target;
        }
        var local = head.local();
        var host = authority == null ? local.host() : authority.host();
        var port = authority == null ? local.port() : authority.port();
        var isDefault = port <= 0 || port == (head.ssl() ? 443 : 80);
        return scheme + "://" + host + (isDefault ? "" : ":" + port) + target;
    }

    /** Where the path starts; -1 if an absolute form has none. */
    private static int pathStart(String target) {
        if (target.startsWith("/")) {
            return 0;
        }
        var scheme = target.indexOf("://");
        var start = scheme < 0 ? 0 : target.indexOf('/', scheme + 3);
        var query = target.indexOf('?');
        return query >= 0 && query < start ? -1 : start;
    }

    private RequestTarget() {}
}
