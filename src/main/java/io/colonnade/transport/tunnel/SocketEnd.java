package io.colonnade.transport.tunnel;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.ListField;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;

/** The opener's end of a tunnel: the connection that the request arrived by. */
public final class SocketEnd implements Tunnel.End {
    private final Tunnel tunnel;
    private final NetSocket socket;
    private final boolean webSocket;
    private final WebSocketFrames frames = new WebSocketFrames();
    private boolean leaving;

    private SocketEnd(Tunnel tunnel, NetSocket socket, boolean webSocket) {
        this.tunnel = tunnel;
        this.socket = socket;
        this.webSocket = webSocket;
    }

    /**
     * Answers the request with 101 and these fields, and joins its connection to the tunnel. Fails with a {@link Failure} if the request
     * cannot be upgraded; then the tunnel is cancelled.
     */
    public static Future<Void> connect(Tunnel tunnel, HttpServerRequest request, MultiMap fields) {
        var webSocket = ListField.has(fields, HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
        request.response().headers().addAll(fields);
        return request.toNetSocket()
                .onSuccess(socket -> new SocketEnd(tunnel, socket, webSocket).begin())
                .recover(cause -> Future.failedFuture(refused(cause)))
                .onFailure(cause -> tunnel.cancel((Failure) cause))
                .mapEmpty();
    }

    @Override
    public void arrived(Buffer bytes) {
        if (leaving) {
            leave(bytes);
            return;
        }
        if (webSocket) {
            frames.pass(bytes);
        }
        send(bytes);
    }

    private void send(Buffer bytes) {
        socket.write(bytes);
        if (socket.writeQueueFull()) {
            tunnel.pause();
            socket.drainHandler(v -> tunnel.demand(Long.MAX_VALUE));
        }
    }

    @Override
    public void arrivedAll() {
        socket.close();
    }

    @Override
    public void drained() {
        socket.resume();
    }

    /** Tells the client of a WebSocket to connect again, unless a frame is half sent. */
    @Override
    public void failed(Failure failure) {
        if (webSocket && frames.mayClose()) {
            socket.write(WebSocketFrames.close(WebSocketFrames.SERVICE_RESTART));
        }
        socket.close();
    }

    /** The connection is the balancer's, or that of another tunnel: when that goes away, {@link #connectionGoesAway} is called. */
    @Override
    public void goAway() {
        // Nothing to end here.
    }

    /** Tells the client as soon as no frame is half sent. The client would not read what its site sends after that. */
    private void connectionGoesAway() {
        leaving = webSocket;
        leave(Buffer.buffer());
    }

    /** Sends the rest of a frame, and then the close frame. The client's answer goes to its site, which ends the tunnel. */
    private void leave(Buffer bytes) {
        var rest = frames.passFrame(bytes);
        if (rest > 0) {
            send(bytes.slice(0, rest));
        }
        if (leaving && frames.mayClose()) {
            var close = WebSocketFrames.close(WebSocketFrames.GOING_AWAY);
            frames.pass(close);
            socket.write(close);
        }
    }

    private void begin() {
        socket.shutdownHandler(v -> connectionGoesAway());
        socket.closeHandler(v -> tunnel.close());
        socket.handler(this::read);
        tunnel.connect(this);
        tunnel.demand(Long.MAX_VALUE);
    }

    private void read(Buffer bytes) {
        tunnel.write(bytes);
        if (tunnel.full()) {
            socket.pause();
        }
    }

    private static Failure refused(Throwable cause) {
        return new Failure(
                Kind.INTERNAL, Progress.RESPONSE, "the connection cannot be upgraded: " + cause.getMessage());
    }
}
