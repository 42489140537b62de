package io.colonnade.bench.site;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.concurrent.ExecutionException;

/**
 * The routes behind a plain Vert.x server, one event loop a core. Its words: the port, and for TLS the files of a certificate and its
 * key.
 */
public final class BareServer extends VerticleBase {
    private final HttpServerOptions options;

    private BareServer(HttpServerOptions options) {
        this.options = options;
    }

    public static void main(String[] words) throws InterruptedException, ExecutionException {
        var options = new HttpServerOptions().setHost("127.0.0.1").setPort(Integer.parseInt(words[0]));
        if (words.length > 1) {
            options.setSsl(true)
                    .setKeyCertOptions(
                            new PemKeyCertOptions().setCertPath(words[1]).setKeyPath(words[2]));
        }
        var cores = Runtime.getRuntime().availableProcessors();
        var vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(cores));
        for (var i = 0; i < cores; i++) {
            vertx.deployVerticle(new BareServer(options))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        }
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer(options)
                .requestHandler(Routes.router(vertx))
                .listen();
    }
}
