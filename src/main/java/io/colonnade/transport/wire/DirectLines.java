package io.colonnade.transport.wire;

import io.colonnade.core.Address;
import io.colonnade.core.PortRange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane's own connections to lanes of other members: a listener on a port of its own at the event bus's host, and a client. Both
 * encrypt and authenticate as the event bus does. Used on the lane's event loop.
 */
public final class DirectLines {
    private static final Logger log = LoggerFactory.getLogger(DirectLines.class);

    /** The ports of a range that lanes of this process have: Vert.x would let servers of one process share a port. */
    private static final Set<Address> OWN = ConcurrentHashMap.newKeySet();

    private final DirectLine.Receiver receiver;
    private final Vertx vertx;
    private final NetServerOptions options;
    private final String host;
    private @Nullable NetServer server;
    private final NetClient client;
    private final Future<Address> address;

    /**
     * @param bus what the event bus was made with
     * @param ports of which it takes one
     */
    public DirectLines(Vertx vertx, EventBusOptions bus, PortRange ports, DirectLine.Receiver receiver) {
        this.vertx = vertx;
        this.receiver = receiver;
        this.host = bus.getHost();
        options = new NetServerOptions(bus.toJson()).setPort(0);
        address = (ports.isAny() ? listen(0) : listenIn(ports, ports.from(-1).iterator()))
                .onFailure(cause -> log.warn(
                        "This node cannot listen on a port of {} for other nodes' lanes ({}); they use the event bus",
                        host,
                        cause.getMessage()));
        // Whoever has the cluster's secret is trusted, under any name, as on the event bus.
        client = vertx.createNetClient(new NetClientOptions(bus.toJson()).setHostnameVerificationAlgorithm(""));
    }

    /** The address at which it accepts connections. */
    public Future<Address> address() {
        return address;
    }

    private Future<Address> listenIn(PortRange range, Iterator<Integer> ports) {
        while (ports.hasNext()) {
            var free = new Address(host, ports.next());
            if (OWN.add(free)) {
                if (PortRange.isFree(free)) {
                    return listen(free.port())
                            .onFailure(taken -> OWN.remove(free))
                            .recover(taken -> listenIn(range, ports));
                }
                OWN.remove(free);
            }
        }
        return Future.failedFuture("none of transport.ports, " + range + ", is free");
    }

    private Future<Address> listen(int port) {
        var trial = vertx.createNetServer(options.setPort(port));
        server = trial;
        return trial.connectHandler(socket -> new DirectLine((NetSocketInternal) socket, receiver))
                .listen()
                .map(listening -> new Address(host, listening.actualPort()));
    }

    /** Connects to a lane. Fails with the error of the system if nobody answers, or of TLS if the other end is not of this cluster. */
    public Future<DirectLine> connect(Address to) {
        return client.connect(SocketAddress.inetSocketAddress(to.port(), to.host()))
                .map(socket -> new DirectLine((NetSocketInternal) socket, receiver));
    }

    /** Closes the listener and all connections. */
    public Future<Void> close() {
        var listener = server;
        var closed = listener == null ? Future.<Void>succeededFuture() : listener.close();
        return Future.join(closed.onComplete(done -> address.onSuccess(OWN::remove)), client.close())
                .mapEmpty();
    }
}
