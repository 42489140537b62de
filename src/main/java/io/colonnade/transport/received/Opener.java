package io.colonnade.transport.received;

import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.UnwritableFrameException;
import io.colonnade.transport.tunnel.Tunnel;
import io.vertx.core.MultiMap;

/** The lane that opened the stream of a received exchange, as seen by the tier's request and response. */
interface Opener {
    /** Whether the opener no longer gets anything that the tier does. */
    boolean over();

    /** Sends a final or an informational head. */
    void sendHead(Frame type, int status, MultiMap fields);

    /** The response has been written to its end. */
    void answered();

    /** Makes the opener close the client's connection, as closing a local connection does. */
    void abort();

    /** Fails the exchange, because something of the response cannot be carried. */
    void unwritable(UnwritableFrameException cause);

    /** The head that was sent accepts an upgrade: the stream goes on as the tunnel. */
    Tunnel upgrade();

    /** Holds the request's body back. */
    void pause();

    /** Demands so many more chunks of the request's body. */
    void fetch(long chunks);
}
