package io.colonnade.core;

import java.util.UUID;

/**
 * Identifies a node of the cluster for as long as its process is a member of it.
 *
 * @param value chosen at random when the process starts; also its node id on the event bus
 */
public record NodeId(UUID value) {
    public static NodeId parse(String text) {
        return new NodeId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
