package io.colonnade.store.topology;

import io.colonnade.core.Address;
import io.colonnade.store.server.Server;
import io.colonnade.store.topology.ProbeResult.Galera;
import java.time.Instant;

/** Makes results of servers whose positions are numbers of transactions. */
final class ProbeResults {
    private ProbeResults() {}

    static Server server(String host) {
        return new Server(host, new Address(host, 3306), "app", "secret");
    }

    static ProbeResult writable(String host, long transactions) {
        return result(host, Galera.NONE, false, transactions, 0);
    }

    static ProbeResult readOnly(String host, long transactions) {
        return result(host, Galera.NONE, true, transactions, 0);
    }

    static ProbeResult member(String host, Galera galera) {
        return result(host, galera, false, 0, 0);
    }

    static ProbeResult lost(String host) {
        return writable(host, 0).lost("it is silent");
    }

    static ProbeResult at(long seconds, ProbeResult result) {
        return result(
                result.server().identity(),
                result.galera(),
                result.readOnly(),
                result.position().intervals().get("0").get(0).last(),
                seconds);
    }

    private static ProbeResult result(String host, Galera galera, boolean readOnly, long transactions, long seconds) {
        return new ProbeResult(
                server(host),
                galera,
                readOnly,
                false,
                Position.ofMariaDb("0-1-" + transactions),
                Instant.ofEpochSecond(seconds),
                seconds * 1_000_000_000L,
                1_000_000,
                "10.11",
                galera == Galera.NOT_READY ? "not in step" : "",
                0);
    }
}
