package io.colonnade.admin;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what only the node's own user may ask for at the admin port, and requests that pages of other sites make in an
 * administrator's browser.
 */
final class AdminAccess {
    /** The field in which a client asks the node to prove that it knows its token, before the client tells it. */
    static final String NONCE = "X-Colonnade-Nonce";

    static final String PROOF = "X-Colonnade-Proof";

    private static final String SCHEME = "Bearer ";

    private final TokenFile tokenFile;

    AdminAccess(TokenFile tokenFile) {
        this.tokenFile = tokenFile;
    }

    /**
     * Refuses host names other than localhost: another site's name may resolve to this machine (DNS rebinding). Several hosts, and a target
     * that names another one, are no way around that.
     */
    static void checkHost(RoutingContext context) {
        var request = context.request();
        if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            AdminProblem.answer(context.response(), 400, "there are several Host fields");
        } else if (!request.uri().startsWith("/")) {
            AdminProblem.answer(context.response(), 400, "the target must be a path");
        } else if (isLocal(request.authority())) {
            context.next();
        } else {
            AdminProblem.answer(
                    context.response(), 421, "the Host field must be an IP address or localhost on the admin port");
        }
    }

    /**
     * Refuses orders without the token. Pages of other sites cannot send the field that has it either: a script asks first (CORS),
     * and is refused.
     */
    void checkToken(RoutingContext context) {
        var given = context.request().getHeader("authorization");
        if (given != null
                && given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && tokenFile.token().is(given.substring(SCHEME.length()).strip())) {
            context.next();
        } else {
            context.response().putHeader("www-authenticate", SCHEME.strip());
            AdminProblem.answer(
                    context.response(),
                    401,
                    "orders need the token in " + tokenFile.path() + ", as the field Authorization: Bearer TOKEN");
        }
    }

    /** Proves to a client that this node knows the token. */
    void prove(RoutingContext context) {
        var nonce = context.request().getHeader(NONCE);
        if (nonce != null) {
            var port = context.request().localAddress().port();
            context.response().putHeader(PROOF, tokenFile.token().proof(nonce, port));
        }
        context.next();
    }

    private static boolean isLocal(@Nullable HostAndPort authority) {
        if (authority == null) {
            return false;
        }
        var host = authority.host();
        return host.equalsIgnoreCase("localhost") || host.matches("\\d{1,3}(\\.\\d{1,3}){3}") || host.indexOf(':') >= 0;
    }
}
