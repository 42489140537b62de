package io.colonnade.core;

import io.vertx.core.http.HttpServerResponse;

/** The response of an exchange, with what tells a writer of bodies how it treats them. */
public interface ExchangeResponse extends HttpServerResponse {
    /** Whether it reads from a chunk after the future of the write or the end that brought it is complete. */
    boolean keepsWrites();
}
