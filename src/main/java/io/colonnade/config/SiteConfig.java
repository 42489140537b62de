package io.colonnade.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One site of the node's file. Once made it is complete: what is not given follows from the jar's name.
 *
 * @param name unique in the cluster; lower-case letters, digits and dashes. Default: the jar's file name without version
 *     and ending; {@code foobar} for the bundled site
 * @param jar the site's archive; {@code bundled} is the message board www.foobar.com that comes with the node
 * @param mainVerticle the class of the main verticle of a whole Vert.x application, which runs as it is. Default: {@code Main-Verticle} of
 *     the archive's manifest, if the archive has no {@code Site}
 * @param port the one of an application's ports that answers the site's requests, which is no port of the machine. Default 0: the first
 *     with which it listens
 * @param hosts the hosts it answers to, in lower case and without port. Default for a jar: {@code NAME}, {@code www.NAME},
 *     {@code NAME.localhost}; the default site of a node also answers {@code localhost} and {@code 127.0.0.1} if no other
 *     names them
 * @param isDefault whether it answers requests of HTTP/1.0 that name no host, which one site of a node may. Default {@code false}:
 *     if no site of the cluster does, the first one of the node answers them
 * @param webroot a directory of static files that is used instead of the archive's {@code webroot/}; empty for none
 * @param balance the policy by which the balancer selects a web member. Default {@code round-robin}
 * @param balanceApp the policy by which the web tier selects an application member. Default {@code local-first}
 * @param cacheControl the field {@code Cache-Control} of static files. Default {@code public, max-age=60}
 * @param headers fields that all responses with static files have besides, by name. Default none; for the bundled site those that keep
 *     its pages out of the frames of other sites
 * @param warmUp paths, with queries, that a node asks itself for before it is ready; requests that change nothing. Default none; for
 *     the bundled site {@code /} and its messages
 * @param config what the site itself gets; texts may name secrets by {@code ${env:NAME}} and {@code ${file:PATH}}, which only the
 *     site gets to see
 */
public record SiteConfig(
        String name,
        @Shorthand String jar,
        String mainVerticle,
        int port,
        List<String> hosts,
        @Key("default") boolean isDefault,
        String webroot,
        Policy balance,
        Policy balanceApp,
        String cacheControl,
        Map<String, String> headers,
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

    private static final Map<String, String> BUNDLED_HEADERS =
            Map.of("Content-Security-Policy", "frame-ancestors 'none'", "X-Content-Type-Options", "nosniff");

    /** The fields that the node itself sets. */
    private static final Set<String> OWN_FIELDS = Set.of(
            "accept-ranges",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "date",
            "etag",
            "keep-alive",
            "last-modified",
            "location",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "vary");

    /** The {@code jar} of the site that comes with the node. */
    public static final String BUNDLED_JAR = "bundled";

    /** The defaults of every site; no site itself, as it has no jar. */
    public static final SiteConfig DEFAULTS = new SiteConfig(
            "",
            "",
            "",
            0,
            List.of(),
            false,
            "",
            Policy.ROUND_ROBIN,
            Policy.LOCAL_FIRST,
            "public, max-age=60",
            Map.of(),
            List.of(),
            Map.of());

    /** The message board that comes with the node. */
    public static final SiteConfig BUNDLED = of(BUNDLED_JAR);

    public SiteConfig {
        name = name.isEmpty() ? nameOf(jar) : name;
        if (name.isEmpty() && !jar.isEmpty()) {
            throw new IllegalArgumentException("name is missing, and none can be made of the jar " + jar);
        }
        if (!name.matches("([a-z0-9][a-z0-9-]{0,62})?")) {
            throw new IllegalArgumentException(
                    "name is \"" + name + "\"; allowed are up to 63 lower-case letters, digits and dashes");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "port is " + port + "; allowed is one with which the application listens");
        }
        hosts = hosts.isEmpty() ? hostsOf(jar, name) : lowerCase(hosts);
        hosts.forEach(SiteConfig::checkHost);
        headers = inOrder(headers.isEmpty() && jar.equals(BUNDLED_JAR) ? BUNDLED_HEADERS : headers);
        headers.forEach(SiteConfig::checkField);
        warmUp = warmUp.isEmpty() ? warmUpOf(jar) : List.copyOf(warmUp);
        warmUp.forEach(SiteConfig::checkPath);
    }

    /** The site of an archive, with all defaults. */
    public static SiteConfig of(String jar) {
        return new SiteConfig(
                "",
                jar,
                DEFAULTS.mainVerticle,
                DEFAULTS.port,
                List.of(),
                DEFAULTS.isDefault,
                "",
                DEFAULTS.balance,
                DEFAULTS.balanceApp,
                DEFAULTS.cacheControl,
                DEFAULTS.headers,
                DEFAULTS.warmUp,
                DEFAULTS.config);
    }

    /** Whether this is the site that comes with the node. */
    public boolean bundled() {
        return jar.equals(BUNDLED_JAR);
    }

    /** This site, answering more hosts. */
    public SiteConfig alsoAt(List<String> more) {
        return with(jar, Stream.concat(hosts.stream(), more.stream()).distinct().toList());
    }

    /** This site, with all that it is called by, from another archive. */
    public SiteConfig from(Path archive) {
        return with(archive.toString(), hosts);
    }

    private SiteConfig with(String archive, List<String> at) {
        return new SiteConfig(
                name,
                archive,
                mainVerticle,
                port,
                at,
                isDefault,
                webroot,
                balance,
                balanceApp,
                cacheControl,
                headers,
                warmUp,
                config);
    }

    private static String nameOf(String jar) {
        if (jar.equals(BUNDLED_JAR)) {
            return "foobar";
        }
        var path = jar.replaceFirst("[/\\\\]+$", "");
        var file = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
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
        return List.of();
    }

    private static void checkPath(String path) {
        if (!path.matches("/[\\x21-\\x7e]*")) {
            throw new IllegalArgumentException(
                    "warm-up has \"" + path + "\"; allowed are paths that begin with / and have no space");
        }
    }

    /** By name, so that responses look the same after each start. */
    private static Map<String, String> inOrder(Map<String, String> headers) {
        return Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    private static void checkField(String name, String value) {
        if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") || OWN_FIELDS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("headers has the field \"" + name
                    + "\"; allowed are names of fields that the node does not set itself");
        }
        if (!value.matches("[\\x21-\\x7e]([\\t\\x20-\\x7e]*[\\x21-\\x7e])?")) {
            throw new IllegalArgumentException("headers has the field " + name + " with \"" + value
                    + "\"; allowed is one line of ASCII characters");
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
