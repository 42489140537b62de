package io.colonnade.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One site of the node's file. Once made it is complete: what is not given follows from the jar's name.
 *
 * @param name unique in the cluster; lower-case letters, digits and dashes. Default: the jar's file name without version
 *     and ending; {@code foobar} for the bundled site
 * @param jar the site's archive; {@code bundled} is the message board www.foobar.com that comes with the node
 * @param hosts the hosts it answers to, in lower case and without port. Default for a jar: {@code NAME}, {@code www.NAME},
 *     {@code NAME.localhost}; the default site of a node also answers {@code localhost} and {@code 127.0.0.1} if no other
 *     names them
 * @param isDefault whether it answers requests of HTTP/1.0 that name no host, which one site of a node may. Default {@code false}:
 *     if no site of the cluster does, the first one of the node answers them
 * @param webroot a directory of static files that is used instead of the archive's {@code webroot/}; empty for none
 * @param balance the policy by which the balancer selects a web member. Default {@code round-robin}
 * @param balanceApp the policy by which the web tier selects an application member. Default {@code local-first}
 * @param cacheControl the field {@code Cache-Control} of static files. Default {@code public, max-age=60}
 * @param warmUp paths, with queries, that a node asks itself for before it is ready; requests that change nothing. Default {@code /};
 *     for the bundled site its messages too
 * @param config what the site itself gets, as it is
 */
public record SiteConfig(
        String name,
        @Shorthand String jar,
        List<String> hosts,
        @Key("default") boolean isDefault,
        String webroot,
        Policy balance,
        Policy balanceApp,
        String cacheControl,
        List<String> warmUp,
        Map<String, Object> config) {

    /** How a member is selected. */
    public enum Policy {
        /** Each in turn. */
        ROUND_ROBIN,
        /**
         * Of the one whose turn it is and another drawn at random, the one with fewer exchanges in flight, counting those of
         * every balancer of the cluster (the power of two choices, Mitzenmacher 2001). What other balancers have is known a
         * beat late, so that the fewest of all would be sent too much by all of them.
         */
        LEAST_CONNECTIONS,
        /** Each in proportion to its weight, evenly mixed (nginx's smooth weighted round-robin). */
        WEIGHTED,
        /** This node if it can, else each in turn. */
        LOCAL_FIRST
    }

    private static final List<String> BUNDLED_HOSTS =
            List.of("www.foobar.com", "foobar.com", "www.foobar.localhost", "localhost", "127.0.0.1");

    /** The {@code jar} of the site that comes with the node. */
    public static final String BUNDLED_JAR = "bundled";

    /** The defaults of every site; no site itself, as it has no jar. */
    public static final SiteConfig DEFAULTS = new SiteConfig(
            "",
            "",
            List.of(),
            false,
            "",
            Policy.ROUND_ROBIN,
            Policy.LOCAL_FIRST,
            "public, max-age=60",
            List.of(),
            Map.of());

    /** The message board that comes with the node. */
    public static final SiteConfig BUNDLED = of(BUNDLED_JAR);

    public SiteConfig {
        name = name.isEmpty() ? nameOf(jar) : name;
        if (!name.matches("([a-z0-9][a-z0-9-]{0,62})?")) {
            throw new IllegalArgumentException(
                    "name is \"" + name + "\"; allowed are up to 63 lower-case letters, digits and dashes");
        }
        hosts = hosts.isEmpty() ? hostsOf(jar, name) : lowerCase(hosts);
        hosts.forEach(SiteConfig::checkHost);
        warmUp = warmUp.isEmpty() ? warmUpOf(jar) : List.copyOf(warmUp);
        warmUp.forEach(SiteConfig::checkPath);
    }

    /** The site of an archive, with all defaults. */
    public static SiteConfig of(String jar) {
        return new SiteConfig(
                "",
                jar,
                List.of(),
                DEFAULTS.isDefault,
                "",
                DEFAULTS.balance,
                DEFAULTS.balanceApp,
                DEFAULTS.cacheControl,
                DEFAULTS.warmUp,
                DEFAULTS.config);
    }

    /** Whether this is the site that comes with the node. */
    public boolean bundled() {
        return jar.equals(BUNDLED_JAR);
    }

    /** This site, answering more hosts. */
    public SiteConfig alsoAt(List<String> more) {
        var all = Stream.concat(hosts.stream(), more.stream()).distinct().toList();
        return new SiteConfig(name, jar, all, isDefault, webroot, balance, balanceApp, cacheControl, warmUp, config);
    }

    private static String nameOf(String jar) {
        if (jar.equals(BUNDLED_JAR)) {
            return "foobar";
        }
        var file = jar.substring(Math.max(jar.lastIndexOf('/'), jar.lastIndexOf('\\')) + 1);
        return file.replaceFirst("\\.jar$", "")
                .replaceFirst("-\\d.*$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }

    private static List<String> hostsOf(String jar, String name) {
        if (jar.equals(BUNDLED_JAR)) {
            return BUNDLED_HOSTS;
        }
        return name.isEmpty() ? List.of() : List.of(name, "www." + name, name + ".localhost");
    }

    private static List<String> warmUpOf(String jar) {
        if (jar.equals(BUNDLED_JAR)) {
            return List.of("/", "/api/messages");
        }
        return jar.isEmpty() ? List.of() : List.of("/");
    }

    private static void checkPath(String path) {
        if (!path.matches("/[\\x21-\\x7e]*")) {
            throw new IllegalArgumentException(
                    "warm-up has \"" + path + "\"; allowed are paths that begin with / and have no space");
        }
    }

    private static List<String> lowerCase(List<String> hosts) {
        return hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    private static void checkHost(String host) {
        var v6 = host.startsWith("[") && host.endsWith("]");
        if (host.isBlank() || (!v6 && host.matches(".*[:/\\s].*"))) {
            throw new IllegalArgumentException(
                    "hosts has \"" + host + "\"; allowed are host names and IP addresses without port");
        }
    }
}
