package io.colonnade.transport.received;

import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.tunnel.Tunnel;
import io.vertx.core.MultiMap;

/** The other end of a received exchange, as the request and the response that a tier gets see it: the lane that opened the stream. */
interface Opener {
    /** Whether nothing that the tier still does reaches it. */
    boolean over();

    /** Sends a final or an informational head. */
    void sendHead(Frame type, int status, MultiMap fields);

    /** The response has been written to its end. */
    void answered();

    /** Tells it to close the client's connection, as closing a local one does. */
    void abort();

    /** The head that was sent accepts an upgrade: the stream goes on as the tunnel. */
    Tunnel upgrade();

    /** Holds the request's body back. */
    void pause();

    /** Wants so many more chunks of the request's body. */
    void fetch(long chunks);
}
