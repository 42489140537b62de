package io.colonnade.node.settings;

import io.colonnade.config.SiteConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Completes and checks the sites of a node, which must not share a name or a host. */
final class NodeSites {
    private static final List<String> LOCAL_HOSTS = List.of("localhost", "127.0.0.1");

    private NodeSites() {}

    /**
     * The sites, or the bundled one if there are none. The default site, else the first, answers the local hosts that no site names.
     *
     * @param bind the node's address for the other members, which is a local host too; may be empty
     */
    static List<SiteConfig> complete(List<SiteConfig> sites, String bind) {
        return withLocalHosts(sites.isEmpty() ? List.of(SiteConfig.BUNDLED) : sites, bind);
    }

    private static List<SiteConfig> withLocalHosts(List<SiteConfig> sites, String bind) {
        check(sites);
        var unnamed = Stream.concat(LOCAL_HOSTS.stream(), Stream.of(bind))
                .filter(host -> !host.isEmpty())
                .map(host -> host.indexOf(':') >= 0 ? "[" + host + "]" : host)
                .filter(host -> sites.stream().noneMatch(site -> site.hosts().contains(host)))
                .toList();
        var complete = new ArrayList<>(sites);
        var first =
                Math.max(0, sites.stream().map(SiteConfig::isDefault).toList().indexOf(true));
        complete.set(first, sites.get(first).alsoAt(unnamed));
        return List.copyOf(complete);
    }

    private static void check(List<SiteConfig> sites) {
        Map<String, Integer> owners = new HashMap<>();
        for (int i = 0; i < sites.size(); i++) {
            var site = sites.get(i);
            var path = "sites[" + i + "]";
            if (site.jar().isEmpty()) {
                throw new IllegalArgumentException(path + ".jar is missing; allowed is a jar file or bundled");
            }
            claim(owners, "name " + site.name(), path, i);
            if (site.isDefault()) {
                claim(owners, "value default: true", path, i);
            }
            for (var host : site.hosts()) {
                claim(owners, "host " + host, path, i);
            }
        }
    }

    private static void claim(Map<String, Integer> owners, String what, String path, int index) {
        var other = owners.putIfAbsent(what, index);
        if (other != null && other != index) {
            throw new IllegalArgumentException(
                    path + " has the " + what + ", which sites[" + other + "] has too; allowed is one site for each");
        }
    }
}
