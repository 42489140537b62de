package io.colonnade.admin;

import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Refuses requests to the admin port that pages of other sites make in an administrator's browser. */
final class AdminAccess {
    /** The field that changes need. A form of another site cannot send it; a script asks first (CORS), and is refused. */
    static final String HEADER = "X-Colonnade";

    private AdminAccess() {}

    /** Refuses host names other than localhost: another site's name may resolve to this machine (DNS rebinding). */
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
