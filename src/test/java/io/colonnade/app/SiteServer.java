package io.colonnade.app;

import io.colonnade.app.Databases.SiteDatabase;
import io.colonnade.core.Clock;
import io.colonnade.core.Exchange;
import io.colonnade.core.SiteId;
import io.colonnade.site.Site;
import io.colonnade.site.SiteContext;
import io.colonnade.store.pool.Transactions;
import io.colonnade.testing.MapInMemory;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** One lane of the application tier with one site, behind a plain HTTP server on a free port. */
final class SiteServer implements AutoCloseable {
    private static final SiteId ID = new SiteId("shop", "c0ffee");
    private static final Exchange.TimeLimits LIMITS =
            new Exchange.TimeLimits(Duration.ofSeconds(60), Duration.ofSeconds(60));

    static final Sites.Starts ALL_MAY_START = new Sites.Starts() {
        @Override
        public Optional<Throwable> refusal(String site) {
            return Optional.empty();
        }

        @Override
        public void begun(String site) {
            // nobody wants to know
        }

        @Override
        public void ended(String site) {
            // nobody wants to know
        }
    };

    final MapInMemory sessions = new MapInMemory();
    final LocalTopics topics = new LocalTopics();
    final List<Future<Void>> outcomes = new CopyOnWriteArrayList<>();
    final AppTier tier;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String deployment;
    private volatile int port;

    /** Whether what followed the start of the tier ran on the lane's event loop. */
    volatile boolean startedOnLane;

    SiteServer(BiConsumer<Router, SiteContext> routes) {
        this(siteOf(routes), databaseThat(Future::succeededFuture), AppConfig.DEFAULTS);
    }

    SiteServer(Site site, SiteDatabase database, AppConfig config) {
        this(new SiteProgram.OfSite(() -> site), database, config, ALL_MAY_START);
    }

    SiteServer(Site site, SiteDatabase database, AppConfig config, Sites.Starts starts) {
        this(new SiteProgram.OfSite(() -> site), database, config, starts);
    }

    SiteServer(SiteProgram program, SiteDatabase database, AppConfig config, Sites.Starts starts) {
        this(
                new SiteCode(
                        "shop",
                        new JsonObject(),
                        SiteServer.class.getClassLoader(),
                        program,
                        (name, loader) -> database,
                        starts),
                config);
    }

    SiteServer(SiteCode code, AppConfig config) {
        var trials = ((VertxInternal) vertx).createEventLoopContext();
        tier = new AppTier(config, "amber-heron", true, 1, trials, new Sites(List.of(code)), sessions, topics);
        deployment = await(vertx.deployVerticle(new Lane(tier.newLane())));
    }

    static Site siteOf(BiConsumer<Router, SiteContext> routes) {
        return context -> {
            var router = Router.router(context.vertx());
            routes.accept(router, context);
            return Future.succeededFuture(router);
        };
    }

    static SiteDatabase databaseThat(Supplier<Future<Void>> migrates) {
        return new SiteDatabase() {
            @Override
            public Future<Void> migrate() {
                return migrates.get();
            }

            @Override
            public Pool pool() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Pool reader() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Transactions transactions() {
                throw new UnsupportedOperationException();
            }
        };
    }

    /** The default settings, with another limit for the start. */
    static AppConfig startLimit(Duration limit) {
        var other = AppConfig.DEFAULTS;
        return new AppConfig(
                other.sessionIdle(),
                other.sessionCookie(),
                other.blockedWarning(),
                limit,
                other.maxWebsocketFrame(),
                other.maxWebsocketMessage(),
                other.maxUnread(),
                other.maxFormFields(),
                other.maxFormBytes());
    }

    int port() {
        return port;
    }

    HttpResponse<String> get(String path, String... fields) throws Exception {
        return send(request(path, fields).GET());
    }

    HttpResponse<String> head(String path) throws Exception {
        return send(request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<String> post(String path, String body, String... fields) throws Exception {
        return send(request(path, fields).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    CompletableFuture<HttpResponse<String>> getAsync(String path, String... fields) {
        return client.sendAsync(request(path, fields).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> postAsync(String path, String body) {
        return client.sendAsync(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    void undeploy() {
        await(vertx.undeploy(deployment));
    }

    @Override
    public void close() {
        tier.close();
        await(vertx.close());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String... fields) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return fields.length == 0 ? request : request.headers(fields);
    }

    private static <T> T await(Future<T> future) {
        return future.timeout(10, TimeUnit.SECONDS).await();
    }

    private final class Lane extends VerticleBase {
        private final App app;

        Lane(App app) {
            this.app = app;
        }

        @Override
        public Future<?> start() throws Exception {
            return app.deploy(context)
                    .onComplete(v -> startedOnLane = ((ContextInternal) context).inThread())
                    .compose(v -> vertx.createHttpServer()
                            .requestHandler(this::handle)
                            .listen(0, "127.0.0.1"))
                    .onSuccess(server -> port = server.actualPort());
        }

        @Override
        public Future<?> stop() throws Exception {
            return app.undeploy(context);
        }

        private void handle(HttpServerRequest request) {
            var exchange = Exchange.open(request, "r-42", ID, LIMITS, Clock.system());
            outcomes.add(app.handle(exchange).onFailure(failure -> {
                if (!request.response().headWritten() && !request.response().closed()) {
                    request.response().setStatusCode(599).end(failure.getMessage());
                }
            }));
        }
    }
}
