package io.colonnade.app.websocket;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * What the clients of WebSockets may send.
 *
 * @param maxFrame bytes of a frame as it is sent; more is refused with 1009
 * @param maxMessage bytes of a message, inflated; more is refused with 1009
 * @param ping after what silence of its client a WebSocket is pinged; zero for never
 */
public record WebSocketLimits(int maxFrame, int maxMessage, Supplier<Duration> ping) {}
