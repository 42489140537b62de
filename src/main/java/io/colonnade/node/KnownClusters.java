package io.colonnade.node;

import io.colonnade.node.settings.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The clusters to which nodes of a data directory have belonged: a file for each under {@code data/clusters}, by its name. A node that
 * is to join others founds no cluster that its data directory does not know, because the cluster that was meant is elsewhere.
 */
record KnownClusters(Path folder) {
    static KnownClusters in(Path data) {
        return new KnownClusters(data.resolve("clusters"));
    }

    boolean has(String cluster) {
        return Files.exists(folder.resolve(cluster));
    }

    /**
     * Notes that this node is a member.
     *
     * @throws StartException if that cannot be written
     */
    void add(String cluster) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(cluster), "Nodes of this data directory have belonged to this cluster.\n");
        } catch (IOException unwritable) {
            throw new StartException(
                    "the file " + folder.resolve(cluster) + " cannot be written (" + unwritable + ")", unwritable);
        }
    }
}
