package io.colonnade.balancer;

import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;

/** The request object that tiers get: that of Vert.x, with the response of ours. */
final class ClientRequest extends HttpServerRequestWrapper {
    private final ClientResponse response;

    ClientRequest(HttpServerRequestInternal request, ClientExchange exchange) {
        super(request);
        this.response = new ClientResponse(request, exchange);
    }

    @Override
    public ClientResponse response() {
        return response;
    }
}
