package io.colonnade.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.cluster.HostedSite;
import io.colonnade.cluster.Load;
import io.colonnade.cluster.Member;
import io.colonnade.cluster.Membership;
import io.colonnade.cluster.NameServer;
import io.colonnade.cluster.Order;
import io.colonnade.cluster.Presence;
import io.colonnade.cluster.SiteHealth;
import io.colonnade.cluster.Snapshot;
import io.colonnade.cluster.State;
import io.colonnade.config.Port;
import io.colonnade.core.Address;
import io.colonnade.core.NodeId;
import io.colonnade.core.Role;
import io.colonnade.core.SiteId;
import io.colonnade.core.StatusSource;
import io.colonnade.security.AdminToken;
import io.colonnade.testing.RawHttp;
import io.colonnade.testing.RawResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminServerTest {
    private static final NodeId SELF = new NodeId(new UUID(1, 2));

    private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");

    private static final Member MEMBER = new Member(
            SELF,
            "amber-heron",
            7,
            Set.of(Role.WEB, Role.BALANCER),
            State.READY,
            SINCE,
            3,
            2,
            "machine",
            new Address("127.0.0.1", 8080),
            new Address("127.0.0.1", 9080),
            new Presence(List.of("192.0.2.1"), new NameServer(new Address("127.0.0.1", 8053), 7, "c0de")),
            List.of(
                    new HostedSite(new SiteId("foobar", "abc"), List.of("localhost"), false, SiteHealth.ready(SINCE)),
                    new HostedSite(
                            new SiteId("shop", "def"), List.of("shop"), false, SiteHealth.failed(SINCE, "no table"))),
            new Load(300, 4, 250, 6, Map.of()),
            "1.0",
            1,
            true,
            true);

    private record Answer(int status, String type, String proof, Buffer body) {}

    private final Vertx vertx = Vertx.vertx();

    /** Held in a field: Vert.x closes a client that is garbage. */
    private final HttpClient client = vertx.createHttpClient();

    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final AtomicBoolean reachable = new AtomicBoolean(true);
    private final List<String> given = new CopyOnWriteArrayList<>();
    private TokenFile tokenFile;
    private AdminServer.Listening listening;

    @BeforeEach
    void listen(@TempDir Path folder) {
        var file = folder.resolve("admin.token");
        tokenFile = new TokenFile(file, AdminToken.readOrMake(file, new SecureRandom()));
        listening = await(server().listen(Port.exactly(0)));
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void showsMembersAndSources() {
        var answer = call(HttpMethod.GET, "/status", Map.of());
        assertThat(answer.status()).isEqualTo(200);
        var json = answer.body().toJsonObject();
        assertThat(json.getString("version")).isEqualTo("1.0");
        assertThat(json.getString("node")).isEqualTo("amber-heron");
        assertThat(json.getJsonObject("cluster")).isEqualTo(new JsonObject().put("name", "colonnade"));
        assertThat(json.getJsonObject("transport")).isEqualTo(new JsonObject().put("streams", 5));
        assertThat(json.getJsonArray("members"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("name", "amber-heron")
                                .put("id", SELF.toString())
                                .put("epoch", 7)
                                .put("roles", new JsonArray().add("balancer").add("web"))
                                .put("state", "ready")
                                .put("since", "2026-01-02T03:04:05Z")
                                .put("heard", true)
                                .put("answers", true)
                                .put("weight", 3)
                                .put("load", 4)
                                .put("served", 300)
                                .put("requests", 250)
                                .put("errors", 6)
                                .put("lanes", 2)
                                .put("public", "127.0.0.1:8080")
                                .put("admin", "127.0.0.1:9080")
                                .put("addresses", new JsonArray(List.of("192.0.2.1")))
                                .put("dns", "127.0.0.1:8053")
                                .put(
                                        "sites",
                                        new JsonArray()
                                                .add(site("foobar", "ready", null))
                                                .add(site("shop", "failed", "no table")))
                                .put("version", "1.0")));
    }

    @Test
    void isLiveAlwaysAndReadyWhenTheNodeSaysSo() {
        assertThat(call(HttpMethod.GET, "/health/ready", Map.of()).status()).isEqualTo(200);
        ready.set(false);
        assertThat(call(HttpMethod.GET, "/health/live", Map.of()).status()).isEqualTo(200);
        assertProblem(call(HttpMethod.GET, "/health/ready", Map.of()), 503);
    }

    @Test
    void aSiteIsReadyWhenItAndItsNodeAre() {
        assertThat(call(HttpMethod.GET, "/health/ready/foobar", Map.of()).status())
                .isEqualTo(200);
        var failed = call(HttpMethod.GET, "/health/ready/shop", Map.of());
        assertProblem(failed, 503);
        assertThat(failed.body().toJsonObject().getString("detail")).isEqualTo("the site shop has failed: no table");
        assertProblem(call(HttpMethod.GET, "/health/ready/blog", Map.of()), 404);
        ready.set(false);
        assertProblem(call(HttpMethod.GET, "/health/ready/foobar", Map.of()), 503);
    }

    private static JsonObject site(String name, String state, @Nullable String reason) {
        return new JsonObject()
                .put("name", name)
                .put("state", state)
                .put("since", SINCE.toString())
                .put("reason", reason);
    }

    @Test
    void givesOrdersToMembers() {
        for (var order : List.of("drain", "undrain", "stop", "weight/7")) {
            assertThat(call(HttpMethod.POST, "/members/amber-heron/" + order, token())
                            .status())
                    .isEqualTo(204);
        }
        assertThat(given)
                .containsExactly(
                        "amber-heron DRAIN 0", "amber-heron UNDRAIN 0", "amber-heron STOP 0", "amber-heron WEIGH 7");
    }

    @Test
    void knowsWhatAWeightMayBe() {
        for (var weight : List.of("-1", "1001", "heavy")) {
            var answer = call(HttpMethod.POST, "/members/amber-heron/weight/" + weight, token());
            assertProblem(answer, 400);
        }
        assertThat(given).isEmpty();
    }

    @Test
    void changesNothingWithoutTheToken() {
        for (var fields : List.of(
                Map.of("content-type", "application/x-www-form-urlencoded"),
                Map.of("X-Colonnade", "1"),
                Map.of("authorization", "Bearer"),
                Map.of("authorization", "Bearer admin-" + "0".repeat(64)),
                Map.of("authorization", "Basic " + tokenFile.token().text()))) {
            for (var order : List.of("drain", "undrain", "stop", "weight/7")) {
                assertProblem(call(HttpMethod.POST, "/members/amber-heron/" + order, fields), 401);
            }
        }
        assertThat(given).isEmpty();
    }

    @Test
    void namesTheFileOfTheTokenAndProvesThatItKnowsIt() {
        var answer = call(HttpMethod.GET, "/status", Map.of(AdminAccess.NONCE, "7"));
        assertThat(answer.body().toJsonObject().getJsonObject("admin").getString("tokenFile"))
                .isEqualTo(tokenFile.path().toString());
        assertThat(answer.body().toString()).doesNotContain(tokenFile.token().text());
        assertThat(answer.proof())
                .isEqualTo(tokenFile.token().proof("7", listening.address().port()));
    }

    @Test
    void answersTheNamesOfOtherSitesNothing() {
        assertProblem(call(HttpMethod.GET, "/status", Map.of("host", "evil.example:9080")), 421);
        assertThat(call(HttpMethod.GET, "/status", Map.of("host", "localhost:9080"))
                        .status())
                .isEqualTo(200);
        assertThat(call(HttpMethod.GET, "/status", Map.of("host", "[::1]:9080")).status())
                .isEqualTo(200);
    }

    @Test
    void saysWhatIsNotThere() {
        assertProblem(call(HttpMethod.POST, "/members/nobody/drain", token()), 404);
        assertProblem(call(HttpMethod.GET, "/nothing", Map.of()), 404);
        assertProblem(call(HttpMethod.GET, "/members/amber-heron/drain", Map.of()), 405);
    }

    @Test
    void saysWhichMethodsThereAre() throws IOException {
        assertThat(raw("GET /members/amber-heron/drain HTTP/1.1\r\nHost: localhost")
                        .field("Allow"))
                .hasValue("POST");
        assertThat(raw("POST /status HTTP/1.1\r\nHost: localhost").field("Allow"))
                .hasValue("GET, HEAD");
        assertThat(call(HttpMethod.HEAD, "/health/ready", Map.of()).status()).isEqualTo(200);
        assertThat(raw("GET /nothing HTTP/1.1\r\nHost: localhost").text()).contains("/health/ready");
    }

    @Test
    void takesOneHostAndPathsOnlyAndNoOtherProtocol() throws IOException {
        assertThat(raw("GET /status HTTP/1.1\r\nHost: localhost\r\nHost: evil.example")
                        .status())
                .isEqualTo(400);
        assertThat(raw("GET http://evil.example/status HTTP/1.1\r\nHost: localhost")
                        .status())
                .isEqualTo(400);
        assertThat(raw("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                                + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__")
                        .status())
                .isEqualTo(200);
    }

    private RawResponse raw(String head) throws IOException {
        return RawHttp.exchange(listening.address().port(), head + "\r\n\r\n");
    }

    @Test
    void saysWhenAMemberCouldNotBeAsked() {
        reachable.set(false);
        assertProblem(call(HttpMethod.POST, "/members/amber-heron/drain", token()), 502);
    }

    @Test
    void takesTheNextPortUnlessThisOneIsChosen() {
        var taken = listening.address().port();
        var next = await(server().listen(Port.from(taken)));
        assertThat(next.address().port()).isGreaterThan(taken);
        assertThatThrownBy(() -> await(server().listen(Port.exactly(taken))))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(BindException.class);
    }

    private AdminServer server() {
        var membership = new Membership() {
            @Override
            public Snapshot snapshot() {
                return new Snapshot(SELF, List.of(MEMBER));
            }

            @Override
            public void onChange(Consumer<Snapshot> listener) {
                listener.accept(snapshot());
            }
        };
        var source = new StatusSource() {
            @Override
            public String name() {
                return "transport";
            }

            @Override
            public JsonObject status() {
                return new JsonObject().put("streams", 5);
            }
        };
        var status = new Status("1.0", "amber-heron", "colonnade", membership, List.of(source, tokenFile));
        return new AdminServer(vertx, status, this::give, tokenFile, ready::get);
    }

    private Map<String, String> token() {
        return Map.of("authorization", "Bearer " + tokenFile.token().text());
    }

    private Future<Void> give(String member, Order order) {
        given.add(member + " " + order.kind() + " " + order.weight());
        return reachable.get() ? Future.succeededFuture() : Future.failedFuture("silent");
    }

    private Answer call(HttpMethod method, String path, Map<String, String> fields) {
        var options = new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(listening.address().port())
                .setURI(path);
        fields.forEach(options::putHeader);
        return await(client.request(options).compose(request -> request.send().compose(AdminServerTest::answer)));
    }

    private static Future<Answer> answer(HttpClientResponse response) {
        return response.body()
                .map(body -> new Answer(
                        response.statusCode(),
                        String.valueOf(response.getHeader("content-type")),
                        String.valueOf(response.getHeader(AdminAccess.PROOF)),
                        body));
    }

    private static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.body().toJsonObject().getInteger("status")).isEqualTo(status);
        assertThat(answer.body().toJsonObject().getString("detail")).isNotBlank();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
