package io.colonnade.app.verticle;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP servers of one application on one lane. They open no port: the port with which a server listens is only its name, and the
 * servers at one port of the application answer the site's requests in turn. Servers are made and closed on any thread.
 */
public final class SiteServers {
    private final int wanted;
    private final List<ListeningServer> listening = new ArrayList<>();
    private final Promise<Void> first = Promise.promise();
    private int port;
    private int turn;

    /**
     * @param port the one of the application's ports that answers the site's requests; 0 for the first with which it listens
     */
    public SiteServers(int port) {
        this.wanted = port;
        this.port = port;
    }

    /**
     * Makes a server that answers the site's requests once it listens.
     *
     * @param defaultPort with which it listens if the application names none
     */
    public HttpServer server(VertxInternal vertx, int defaultPort) {
        return new ListeningServer(this, vertx, defaultPort);
    }

    /** Completes when a server listens. */
    public Future<Void> listening() {
        return first.future();
    }

    /** The server whose turn it is; null if none listens any more. */
    public synchronized @Nullable ListeningServer next() {
        if (listening.isEmpty()) {
            return null;
        }
        turn = turn + 1 < listening.size() ? turn + 1 : 0;
        return listening.get(turn);
    }

    /** Throws {@link IllegalStateException} if the application has another port already. */
    void add(ListeningServer server, int itsPort) {
        synchronized (this) {
            if (port != 0 && port != itsPort) {
                throw new IllegalStateException(refusal(itsPort));
            }
            port = itsPort;
            listening.add(server);
        }
        first.tryComplete();
    }

    synchronized void remove(ListeningServer server) {
        listening.remove(server);
        if (listening.isEmpty()) {
            port = wanted;
        }
    }

    private String refusal(int other) {
        return "a site has one server: requests go to the one of port " + port + ", and that of port " + other
                + " is not opened. The key port of the site, in sites[], says which port of the application it is; leave the other out";
    }
}
