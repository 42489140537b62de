package io.colonnade.store;

import io.colonnade.core.Address;
import io.colonnade.store.Sighting.Galera;
import java.time.Instant;

/** Makes sightings of servers whose positions are numbers of transactions. */
final class Sightings {
    private Sightings() {}

    static Server server(String host) {
        return new Server(host, new Address(host, 3306), "app", "secret");
    }

    static Sighting writable(String host, long transactions) {
        return sighting(host, Galera.NONE, false, transactions, 0);
    }

    static Sighting readOnly(String host, long transactions) {
        return sighting(host, Galera.NONE, true, transactions, 0);
    }

    static Sighting member(String host, Galera galera) {
        return sighting(host, galera, false, 0, 0);
    }

    static Sighting lost(String host) {
        return writable(host, 0).lost("it is silent");
    }

    static Sighting at(long seconds, Sighting sighting) {
        return sighting(
                sighting.server().identity(),
                sighting.galera(),
                sighting.readOnly(),
                sighting.position().intervals().get("0").get(0).last(),
                seconds);
    }

    private static Sighting sighting(String host, Galera galera, boolean readOnly, long transactions, long seconds) {
        return new Sighting(
                server(host),
                galera,
                readOnly,
                Position.ofMariaDb("0-1-" + transactions),
                Instant.ofEpochSecond(seconds),
                seconds * 1_000_000_000L,
                1_000_000,
                "10.11",
                galera == Galera.NOT_READY ? "not in step" : "",
                0);
    }
}
