package io.colonnade;

import io.colonnade.cluster.Membership;
import io.colonnade.cluster.Snapshot;
import java.util.function.Consumer;

/** The membership of a node without a cluster, which never changes. */
record Alone(Snapshot snapshot) implements Membership {
    @Override
    public void onChange(Consumer<Snapshot> listener) {
        listener.accept(snapshot);
    }
}
