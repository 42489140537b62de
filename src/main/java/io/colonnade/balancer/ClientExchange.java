package io.colonnade.balancer;

import io.colonnade.core.Clock;
import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.SiteId;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import org.jspecify.annotations.Nullable;

/**
 * One request of a client and its response, whatever protocol carries them. It is the entrance of the {@link Exchange} that the tiers
 * get, once the request's site is known.
 *
 * <p>Used on the lane's event loop only.
 */
final class ClientExchange implements Exchange.Entrance {
    private final ClientConnection connection;
    private final String id;
    private final ClientRequest request;
    private @Nullable Exchange exchange;
    private boolean gone;

    ClientExchange(ClientConnection connection, HttpServerRequest request, String id) {
        this.connection = connection;
        this.id = id;
        this.request = new ClientRequest((HttpServerRequestInternal) request, this);
        connection.lane().begun();
    }

    /** Opens what the tiers get. */
    Exchange open(SiteId site, Exchange.TimeLimits limits, Clock clock) {
        var opened = Exchange.open(request, id, site, limits, clock, this);
        exchange = opened;
        return opened;
    }

    ClientConnection connection() {
        return connection;
    }

    /** The request as tiers see it, whose response is {@link #response}. */
    ClientRequest request() {
        return request;
    }

    ClientResponse response() {
        return request.response();
    }

    /** A sane request id: the client's or a new one. */
    String id() {
        return id;
    }

    /** The name of the site, for messages. */
    String site() {
        return exchange == null ? "-" : exchange.site().name();
    }

    @Override
    public long lastActivity(long now) {
        return connection.lastActivity(this, now);
    }

    @Override
    public boolean awaitsRequest() {
        return connection.awaitsRequest(this);
    }

    /** The connection found that the exchange cannot go on. Without effect if no tier answers it any more. */
    void fail(Kind kind, String why) {
        if (exchange != null) {
            exchange.fail(new Failure(kind, exchange.progress(), why));
        }
    }

    /** The client, or this node, ends the exchange early: the tiers that still answer it are told that the client has gone. */
    void clientGone() {
        gone = true;
        fail(Kind.DOWNSTREAM_CLOSED, "the client of request " + id + " went away");
    }

    /** Whether the client is not there any more to be answered. */
    boolean isClientGone() {
        return gone;
    }

    /** Whether no tier answers it any more; what is left of the response is between the connection and its client. */
    boolean isAnswered() {
        return exchange == null || exchange.isAnswered();
    }

    /**
     * Breaks a response off that has begun. A stream of events is whole at any point: its client drops half an event and connects again.
     */
    void breakOff() {
        connection.lane().erred();
        if (response().isEventStream()) {
            response().leave();
        } else {
            connection.cut(this);
        }
    }

    /** The last byte of the response has been written, or never will be. */
    void ended() {
        connection.lane().ended();
        response().forget();
    }
}
