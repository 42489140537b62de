package io.colonnade.node;

import io.colonnade.cluster.Cluster;
import io.colonnade.config.SiteConfig;
import io.colonnade.core.Address;
import io.colonnade.store.Store;
import java.util.List;
import java.util.function.Predicate;

/** What a start has opened, for {@link Colonnade#info}. */
final class StartReport {
    private StartReport() {}

    static Colonnade.Started of(Prepared node, Cluster cluster, SiteAnnouncement sites, Store store, OpenPorts ports) {
        return new Colonnade.Started(
                node.name(),
                node.config().roles(),
                node.config().cluster(),
                cluster.snapshot().members().size(),
                ports.publicPort()
                        .map(address ->
                                urls(node.config().sites(), node.config().publicBind(), address.port()))
                        .orElse(List.of()),
                sites.notReady(),
                "http://" + ports.admin(),
                ports.dns().map(Address::toString).orElse(""),
                inWords(store));
    }

    /**
     * A URL of each site: at its first host that this machine knows without a name server, else at its first host. If the public port
     * listens at one address that is not this machine's own, at that address if the site has it, else at the first host of other machines.
     */
    static List<String> urls(List<SiteConfig> sites, String publicBind, int port) {
        return sites.stream()
                .map(site -> "http://" + host(site, publicBind) + ":" + port + "/")
                .toList();
    }

    private static String host(SiteConfig site, String publicBind) {
        var hosts = site.hosts();
        if (publicBind.isEmpty() || isLoopback(publicBind)) {
            return first(hosts, host -> host.endsWith("localhost"));
        }
        var address = publicBind.indexOf(':') >= 0 ? "[" + publicBind + "]" : publicBind;
        return hosts.contains(address)
                ? address
                : first(hosts, host -> !host.endsWith("localhost") && !isLoopback(host));
    }

    private static String first(List<String> hosts, Predicate<String> wanted) {
        return hosts.stream().filter(wanted).findFirst().orElse(hosts.get(0));
    }

    private static boolean isLoopback(String host) {
        return host.equals("::1") || host.equals("[::1]") || host.startsWith("127.");
    }

    private static String inWords(Store store) {
        var status = store.status();
        var place = store.available() ? status.getString("address") : "not available yet; trying again";
        return status.getString("kind") + ", " + place;
    }
}
