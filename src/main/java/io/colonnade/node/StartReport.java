package io.colonnade.node;

import io.colonnade.cluster.Cluster;
import io.colonnade.core.Address;
import io.colonnade.store.Store;
import java.util.List;

/** What a start has opened, for {@link Colonnade#info}. */
final class StartReport {
    private StartReport() {}

    static Colonnade.Started of(Prepared node, Cluster cluster, SiteAnnouncement sites, Store store, OpenPorts ports) {
        return new Colonnade.Started(
                node.name(),
                node.config().roles(),
                node.config().cluster(),
                cluster.snapshot().members().size(),
                ports.publicPort().map(address -> urls(node, address)).orElse(List.of()),
                sites.notReady(),
                "http://" + ports.admin(),
                ports.dns().map(Address::toString).orElse(""),
                inWords(store));
    }

    /** A URL of each site: at its first host that this machine knows without a name server, else at its first host. */
    private static List<String> urls(Prepared node, Address address) {
        return node.config().sites().stream()
                .map(site -> site.hosts().stream()
                        .filter(host -> host.endsWith("localhost"))
                        .findFirst()
                        .orElse(site.hosts().get(0)))
                .map(host -> "http://" + host + ":" + address.port() + "/")
                .toList();
    }

    private static String inWords(Store store) {
        var status = store.status();
        var place = store.available() ? status.getString("address") : "not available yet; trying again";
        return status.getString("kind") + ", " + place;
    }
}
