package io.colonnade.store.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.core.PortRange;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.Server;
import io.colonnade.store.server.StoreException;
import io.colonnade.testing.MapInMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisionTest {
    private final EmbeddedRegistry registry = new EmbeddedRegistry(new MapInMemory(), "amber-heron");

    @Test
    void refusesToHaveTheDatabaseOfAClusterThatHasOne(@TempDir Path data) throws Exception {
        var other = new Server("other", new Address("127.0.0.1", 1), "colonnade", "secret");
        registry.claim(other);
        var admitted = new AtomicBoolean();
        var supervision = Supervision.open(
                new Database.Embedded(data, "node", "127.0.0.1", true, PortRange.ANY),
                8 << 20,
                registry,
                Clock.system(),
                () -> admitted.set(true));

        assertThatThrownBy(supervision::round)
                .isInstanceOf(StoreException.class)
                .hasMessage("the cluster has its database at 127.0.0.1:1, on the node amber-heron, and not in "
                        + data.toRealPath().resolve("database")
                        + "; start this node without the role db, as with --roles balancer,web,app");

        assertThat(admitted).isFalse();
        assertThat(Files.exists(data.resolve("database/data"))).isFalse();
        supervision.leave();
    }

    @Test
    void theRecordIsNeverGivenToOtherData() {
        var first = new Server("first", new Address("127.0.0.1", 1), "colonnade", "secret");
        var second = new Server("second", new Address("127.0.0.1", 2), "colonnade", "secret");

        registry.claim(first);

        assertThat(registry.claim(second).result()).isEqualTo(first);
        assertThat(registry.claim(first.at(new Address("127.0.0.1", 3))).result())
                .isEqualTo(first.at(new Address("127.0.0.1", 3)));
        assertThat(registry.recorded().result()).contains(first.at(new Address("127.0.0.1", 3)));
    }
}
