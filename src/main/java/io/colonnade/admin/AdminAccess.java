package io.colonnade.admin;

import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Keeps the pages of other sites in an administrator's browser away from the admin port. */
final class AdminAccess {
    /** A form of another site cannot send a field of this name, and a script of one asks first, which is refused. */
    static final String HEADER = "X-Colonnade";

    private AdminAccess() {}

    /** Refuses names other than localhost: another site's name may be made to resolve to this machine (DNS rebinding). */
    static void checkHost(RoutingContext context) {
        if (isLocal(context.request().authority())) {
            context.next();
        } else {
            AdminProblem.answer(
                    context.response(), 421, "the Host field must be an IP address or localhost on the admin port");
        }
    }

    static void checkHeader(RoutingContext context) {
        if (context.request().getHeader(HEADER) != null) {
            context.next();
        } else {
            AdminProblem.answer(
                    context.response(), 403, "changes need the header " + HEADER + ", for example: " + HEADER + ": 1");
        }
    }

    private static boolean isLocal(@Nullable HostAndPort authority) {
        if (authority == null) {
            return false;
        }
        var host = authority.host();
        return host.equalsIgnoreCase("localhost") || host.matches("\\d{1,3}(\\.\\d{1,3}){3}") || host.indexOf(':') >= 0;
    }
}
