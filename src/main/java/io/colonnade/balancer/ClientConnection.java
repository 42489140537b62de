package io.colonnade.balancer;

import io.vertx.core.MultiMap;

/**
 * A client's connection, whatever protocol it speaks: who is at its other end, how long it may be silent between exchanges, and how it
 * ends. What is said on it is a {@link ClientExchange} each.
 *
 * <p>Used on the lane's event loop only.
 */
sealed interface ClientConnection permits Http1Connection {
    /** Who is at the other end. */
    Peer peer();

    /** The lane's connections, of which this is one. */
    ConnectionLane lane();

    /** Adds the protocol's own fields to the head of a final response, which is about to be sent. */
    void completeHead(MultiMap fields);

    /** The response in progress becomes the last thing on the connection, whose client is told if the head has not left yet. */
    void endAfterResponse();

    /** Breaks an exchange off whose response has begun, so that the client cannot take what it got for a whole response. */
    void cut(ClientExchange exchange);

    /** Closes the connection, whatever is under way. */
    void closeNow();

    /** Enforces the time limits of the connection itself; called several times a second. */
    void check(long now);

    /** When a byte of the exchange last moved; as {@link io.colonnade.core.Exchange.Entrance#lastActivity}. */
    long lastActivity(ClientExchange exchange, long now);

    /** Whether more of the exchange's request would be read if it came. */
    boolean awaitsRequest(ClientExchange exchange);
}
