package io.colonnade.transport.link;

import io.colonnade.core.PortRange;

/**
 * The traffic between nodes: its limits, encryption and connections.
 *
 * @param streamWindow bytes that one direction of a stream may be ahead of its reader; 16 KiB to 16 MiB. Default 256 KiB
 * @param memberWindow bytes that may be on their way from one lane to another; at least the stream's window. Default 1 MiB
 * @param encrypt whether the event bus uses TLS, with which both ends also prove that they have the secret. Without it, whoever reaches the
 *     node's bus port can read and send exchanges. All members need the same value, or they cannot talk to one another. Default true
 * @param direct whether lanes of two nodes that exchange requests connect to each other at a free port of the event bus's host, encrypted
 *     as the event bus is. Without it, everything goes over the event bus, where large bodies cost two to three times as much. Default true
 * @param ports the ports for the event bus, for each lane's direct lines and for database servers that the node runs. A machine needs for
 *     each of its nodes one and as many as the node has lanes, besides one for an embedded server or four for one of Galera. Default: those
 *     that the system chooses
 */
public record TransportConfig(long streamWindow, long memberWindow, boolean encrypt, boolean direct, PortRange ports) {
    private static final long KIB = 1024;

    public static final TransportConfig DEFAULTS =
            new TransportConfig(256 * KIB, 1024 * KIB, true, true, PortRange.ANY);

    public TransportConfig {
        if (streamWindow < 16 * KIB || streamWindow > 16 * KIB * KIB) {
            throw new IllegalArgumentException("stream-window is " + streamWindow + "; allowed is 16 KiB to 16 MiB");
        }
        if (memberWindow < streamWindow || memberWindow > 256 * KIB * KIB) {
            throw new IllegalArgumentException(
                    "member-window is " + memberWindow + "; allowed is stream-window to 256 MiB");
        }
    }
}
