package io.colonnade.transport.link;

/**
 * What travels between nodes, and how much of it may be on its way.
 *
 * @param streamWindow bytes that one direction of a stream may be ahead of its reader; 16 KiB to 16 MiB. Default 256 KiB
 * @param memberWindow bytes that may be on their way from one lane to another; at least the stream's window. Default 1 MiB
 * @param encrypt whether the event bus is TLS, with which both ends also prove that they have the secret; without, whoever reaches the node's bus
 *     port can read exchanges and send some. The same on all members, or they do not hear one another. Default true
 * @param direct whether lanes of two nodes that exchange requests connect to each other, beside the event bus, at a free port of its host; as
 *     much encrypted as it. Without, everything goes over the event bus, where large bodies cost two to three times as much. Default true
 */
public record TransportConfig(long streamWindow, long memberWindow, boolean encrypt, boolean direct) {
    private static final long KIB = 1024;

    public static final TransportConfig DEFAULTS = new TransportConfig(256 * KIB, 1024 * KIB, true, true);

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
