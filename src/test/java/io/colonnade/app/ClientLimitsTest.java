package io.colonnade.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.site.SiteContext;
import io.colonnade.testing.RawHttp;
import io.colonnade.testing.RawWebSocket;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sites that write as long as they can, and clients that read nothing. */
class ClientLimitsTest {
    private static final Buffer CHUNK = Buffer.buffer(new byte[64 << 10]);

    /** What a site would write if nothing stopped it: far more than what the kernel takes. */
    private static final int CHUNKS = 4000;

    private final AtomicInteger written = new AtomicInteger();
    private final SiteServer server = new SiteServer(this::routes);

    @AfterEach
    void close() {
        server.close();
    }

    private void routes(Router router, SiteContext context) {
        router.get("/endless").handler(this::stream);
        router.get("/socket").handler(ctx -> webSocket(ctx.request()));
        router.get("/all").handler(ctx -> ctx.response()
                .end(CHUNK.copy().appendBuffer(CHUNK).toString()));
    }

    private void stream(RoutingContext ctx) {
        var response = ctx.response().setChunked(true);
        writeOn(() -> response.write(CHUNK));
    }

    private void webSocket(HttpServerRequest request) {
        request.toWebSocket().onSuccess(socket -> writeOn(() -> message(socket)));
    }

    private static Future<Void> message(ServerWebSocket socket) {
        return socket.writeBinaryMessage(CHUNK);
    }

    private void writeOn(Supplier<Future<Void>> write) {
        for (var i = 0; i < CHUNKS; i++) {
            if (write.get().failed()) {
                return;
            }
            written.incrementAndGet();
        }
    }

    @Test
    void abortsAResponseThatItsClientDoesNotRead() throws Exception {
        try (var client = RawHttp.connect(server.port())) {
            client.send(RawHttp.request("GET", "/endless"));
            await().until(() ->
                    !server.outcomes.isEmpty() && server.outcomes.get(0).failed());
        }
        holdsNothing();
    }

    @Test
    void closesAWebSocketThatItsClientDoesNotRead() throws Exception {
        try (var client = RawWebSocket.connect(server.port(), "/socket")) {
            assertThat(client.answer().status()).isEqualTo(101);
            holdsNothing();
        }
    }

    @Test
    void doesNotMindAResponseThatIsLargeAsAWhole() throws Exception {
        assertThat(server.get("/all").body()).hasSize(2 * CHUNK.length());
    }

    private void holdsNothing() {
        await().until(() -> written.get() > 0 && server.tier.status().getLong("unreadBytes") == 0);
        assertThat(written.get()).isLessThan(CHUNKS / 2);
    }
}
