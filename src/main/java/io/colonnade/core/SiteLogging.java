package io.colonnade.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For which site a thread works, so that each line of the log can name it, and the levels at which the sites log. Static, as logging is.
 * Any thread may call.
 */
public final class SiteLogging {
    /** The beginning of the name of a site's class loader; the site's name follows. */
    public static final String LOADER = "site ";

    /** What the root level of a site does not speak of, because the node runs it for all sites. */
    private static final List<String> OF_THE_NODE = List.of("io.vertx.", "io.netty.", "io.colonnade.");

    private static volatile Map<String, Map<String, System.Logger.Level>> levels = Map.of();

    private SiteLogging() {}

    /** The site for whose class loader the thread works, on a lane, a worker or a thread that the site has started; null if none. */
    public static @Nullable String current() {
        var loader = loader();
        return loader == null ? null : loader.substring(LOADER.length());
    }

    /** Sets the levels of a site's loggers, by the beginning of their names; the empty name stands for all others of the site. */
    public static synchronized void setLevels(String site, Map<String, System.Logger.Level> ofLoggers) {
        var all = new HashMap<>(levels);
        if (ofLoggers.isEmpty()) {
            all.remove(LOADER + site);
        } else {
            all.put(LOADER + site, Map.copyOf(ofLoggers));
        }
        levels = Map.copyOf(all);
    }

    /** The level of the logger where the thread works for a site that has set one; null otherwise. */
    public static System.Logger.@Nullable Level levelOf(String logger) {
        var known = levels;
        var loader = known.isEmpty() ? null : loader();
        var ofSite = loader == null ? null : known.get(loader);
        return ofSite == null ? null : levelOf(logger, ofSite);
    }

    private static System.Logger.@Nullable Level levelOf(String logger, Map<String, System.Logger.Level> ofSite) {
        for (var name = logger; !name.isEmpty(); name = name.substring(0, Math.max(0, name.lastIndexOf('.')))) {
            var level = ofSite.get(name);
            if (level != null) {
                return level;
            }
        }
        return OF_THE_NODE.stream().anyMatch(logger::startsWith) ? null : ofSite.get("");
    }

    private static @Nullable String loader() {
        var loader = Thread.currentThread().getContextClassLoader();
        var name = loader == null ? null : loader.getName();
        return name != null && name.startsWith(LOADER) ? name : null;
    }
}
