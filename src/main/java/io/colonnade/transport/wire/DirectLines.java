package io.colonnade.transport.wire;

import io.colonnade.core.Address;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane's own connections to lanes of other members: a listener on a free port of the event bus's host, and a client. Both encrypt and
 * authenticate as the event bus does. Used on the lane's event loop.
 */
public final class DirectLines {
    private static final Logger log = LoggerFactory.getLogger(DirectLines.class);

    private final DirectLine.Receiver receiver;
    private final String host;
    private final NetServer server;
    private final NetClient client;
    private final Future<Address> address;

    /** @param bus what the event bus was made with */
    public DirectLines(Vertx vertx, EventBusOptions bus, DirectLine.Receiver receiver) {
        this.receiver = receiver;
        this.host = bus.getHost();
        server = vertx.createNetServer(new NetServerOptions(bus.toJson()).setPort(0));
        address = listen();
        // Whoever has the cluster's secret is trusted, under any name, as on the event bus.
        client = vertx.createNetClient(new NetClientOptions(bus.toJson()).setHostnameVerificationAlgorithm(""));
    }

    /** The address at which it accepts connections. */
    public Future<Address> address() {
        return address;
    }

    private Future<Address> listen() {
        return server.connectHandler(socket -> new DirectLine((NetSocketInternal) socket, receiver))
                .listen()
                .map(listening -> new Address(host, listening.actualPort()))
                .onFailure(cause -> log.warn(
                        "This node cannot listen on a port of {} for other nodes' lanes ({}); they use the event bus",
                        host,
                        cause.getMessage()));
    }

    /** Connects to a lane. Fails with the error of the system if nobody answers, or of TLS if the other end is not of this cluster. */
    public Future<DirectLine> connect(Address to) {
        return client.connect(SocketAddress.inetSocketAddress(to.port(), to.host()))
                .map(socket -> new DirectLine((NetSocketInternal) socket, receiver));
    }

    /** Closes the listener and all connections. */
    public Future<Void> close() {
        return Future.join(server.close(), client.close()).mapEmpty();
    }
}
