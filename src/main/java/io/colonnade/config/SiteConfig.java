package io.colonnade.config;

import java.util.List;
import java.util.Map;

/**
 * One site of the node's file.
 *
 * @param name unique in the cluster; lower-case letters, digits and dashes. Default: the jar's file name without version and ending
 * @param jar the site's archive; {@code bundled} is the message board www.foobar.com that comes with the node
 * @param hosts the hosts it answers to, without port. Default for a jar: {@code NAME}, {@code www.NAME}, {@code
 *     NAME.localhost}; the first site of a node also answers {@code localhost} and {@code 127.0.0.1} if no other names them
 * @param webroot a directory of static files that is used instead of the archive's {@code webroot/}; empty for none
 * @param balance the policy by which the balancer selects a web member. Default {@code round-robin}
 * @param balanceApp the policy by which the web tier selects an application member. Default {@code local-first}
 * @param cacheControl the field {@code Cache-Control} of static files. Default {@code public, max-age=60}
 * @param config what the site itself gets, as it is
 */
public record SiteConfig(
        String name,
        String jar,
        List<String> hosts,
        String webroot,
        Policy balance,
        Policy balanceApp,
        String cacheControl,
        Map<String, Object> config) {

    /** How a member is selected. */
    public enum Policy {
        /** Each in turn. */
        ROUND_ROBIN,
        /** The one with the fewest exchanges in flight, counting those of every balancer of the cluster. */
        LEAST_CONNECTIONS,
        /** Each in proportion to its weight, evenly mixed (nginx's smooth weighted round-robin). */
        WEIGHTED,
        /** This node if it can, else each in turn. */
        LOCAL_FIRST
    }

    public static final SiteConfig DEFAULTS = new SiteConfig(
            "", "", List.of(), "", Policy.ROUND_ROBIN, Policy.LOCAL_FIRST, "public, max-age=60", Map.of());
}
