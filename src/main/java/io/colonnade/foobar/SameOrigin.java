package io.colonnade.foobar;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses requests that change something if a page of another site has made them (cross-site request forgery).
 *
 * <p>Browsers tell the origin of a request in {@code Sec-Fetch-Site}, but on plain HTTP only in {@code Origin}. A client that sends
 * neither field is no browser, and does not send a user's cookies by accident, so that its requests pass.
 */
final class SameOrigin implements Handler<RoutingContext> {
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    @Override
    public void handle(RoutingContext ctx) {
        if (!SAFE.contains(ctx.request().method()) && !passes(ctx.request())) {
            throw Problem.of(
                    403, "The request comes from a page of another site; only this site's own pages may do this.");
        }
        ctx.next();
    }

    private static boolean passes(HttpServerRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || sameHost(origin, host(request));
    }

    /** The host that the client asked for. The balancer sets the field, and drops it from what clients send. */
    private static String host(HttpServerRequest request) {
        var forwarded = request.getHeader("X-Forwarded-Host");
        return forwarded == null ? String.valueOf(request.authority()) : forwarded;
    }

    /** Whether host and port are the same; a port that is the default of the origin's scheme may be left out. */
    static boolean sameHost(String origin, String host) {
        try {
            var uri = URI.create(origin);
            var authority = uri.getRawAuthority();
            if (authority == null) {
                return false;
            }
            var port = "https".equals(uri.getScheme()) ? ":443" : ":80";
            return withoutPort(authority, port).equals(withoutPort(host, port));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutPort(String authority, String port) {
        var lower = authority.toLowerCase(Locale.ROOT);
        return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
    }
}
