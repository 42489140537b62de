package io.colonnade.node.lane;

import io.colonnade.cluster.Member;
import io.colonnade.core.Exchange;
import io.colonnade.core.Role;
import io.colonnade.transport.LaneTransport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** Sends the requests of a lane's {@link WarmUp} by the transport to this same node, as a balancer of another node would. */
final class Loopback {
    private static final Exchange.TimeLimits LIMITS =
            new Exchange.TimeLimits(Duration.ofSeconds(10), Duration.ofSeconds(10));

    private final Vertx vertx;
    private final Parts parts;
    private final LaneTransport transport;
    private final Member self;

    Loopback(Vertx vertx, Parts parts, LaneTransport transport, Member self) {
        this.vertx = vertx;
        this.parts = parts;
        this.transport = transport;
        this.self = self;
    }

    Future<HttpServer> open() {
        var options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
        return vertx.createHttpServer(options).requestHandler(this::handle).listen();
    }

    private void handle(HttpServerRequest request) {
        var host = request.authority();
        var site = host == null ? null : parts.routing().site(host.host());
        if (site == null) {
            request.response().setStatusCode(404).end();
            return;
        }
        var exchange = Exchange.open(request, "warm-up", site, LIMITS, parts.clock());
        transport
                .forward(exchange, self, parts.runs(Role.WEB) ? Role.WEB : Role.APP)
                .onFailure(cause -> failed(request));
    }

    private static void failed(HttpServerRequest request) {
        if (request.response().headWritten()) {
            request.connection().close();
        } else {
            request.response().setStatusCode(502).end();
        }
    }
}
