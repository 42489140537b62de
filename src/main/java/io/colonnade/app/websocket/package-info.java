/** The WebSockets of sites: what RFC 6455 asks of a server, limits, pings and compression. */
@NullMarked
package io.colonnade.app.websocket;

import org.jspecify.annotations.NullMarked;
