package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.testing.RawHttp;
import io.colonnade.testing.RawResponse;
import io.colonnade.testing.RawWebSocket;
import io.colonnade.testing.SiteJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole Vert.x applications, which listen as they do without a node, are sites: each answers on the node that is asked and over the hop, and
 * goes on when a node dies.
 */
class ApplicationsIT {
    private static final String PACKAGE = "io.colonnade.it.applications";
    private static final Path SOURCES = Path.of("src/test/java/io/colonnade/it/applications");
    private static final String FORM = "Content-Type: multipart/form-data; boundary=XX";

    /** A request to an application, and what the response must be. */
    private record Case(String application, String request, Predicate<RawResponse> right) {
        /** The name of the application's site. */
        static String site(String application) {
            return application.substring(application.indexOf('$') + 1).toLowerCase(Locale.ROOT);
        }
    }

    private static final List<Case> CASES = List.of(
            get("RoutingApps$Hello", "/any", "hello"),
            get("RoutingApps$Rest", "/products/7?q=a%20b", "{\"id\":\"7\",\"q\":[\"a b\"]}"),
            new Case("RoutingApps$Rest", put("/products/7", "{\"name\":\"seven\"}"), is(201, "seven")),
            new Case("RoutingApps$Rest", request("DELETE", "/products/7", "Host: rest.test"), is(204, "")),
            get("RoutingApps$SubRouter", "/api/who", "mounted at /api/"),
            new Case(
                    "RoutingApps$Cors",
                    request("GET", "/", "Host: cors.test", "Origin: https://a.example"),
                    is(200, "shared").and(got -> has(got, "access-control-allow-origin", "https://a.example"))),
            new Case(
                    "RoutingApps$Cors",
                    request("GET", "/", "Host: cors.test", "Origin: https://b.example"),
                    got -> got.status() == 403),
            new Case(
                    "RoutingApps$BasicAuth",
                    request("GET", "/private", "Host: basicauth.test"),
                    got -> got.status() == 401),
            new Case(
                    "RoutingApps$BasicAuth",
                    request("GET", "/private", "Host: basicauth.test", "Authorization: Basic YW5uOnNlY3JldA=="),
                    is(200, "for ann")),
            new Case(
                    "RoutingApps$Cookies",
                    request("GET", "/", "Host: cookies.test", "Cookie: seen=before"),
                    is(200, "before").and(got -> has(got, "set-cookie", "seen=yes"))),
            new Case(
                    "RoutingApps$Redirects",
                    request("GET", "/", "Host: redirects.test"),
                    got -> got.status() == 302 && has(got, "location", "/there?a=b")),
            new Case("RoutingApps$OwnErrors", of("OwnErrors", "/none"), is(404, "not here")),
            new Case("RoutingApps$OwnErrors", of("OwnErrors", "/teapot"), is(418, "own page of 418")),
            new Case("RoutingApps$OwnErrors", of("OwnErrors", "/throws"), is(500, "own page of 500")),
            new Case("RoutingApps$TimeLimits", of("TimeLimits", "/never"), got -> got.status() == 504),
            get("RoutingApps$VirtualHost", "/", "by default"),
            new Case("RoutingApps$VirtualHost", request("GET", "/", "Host: virtualhost.localhost"), is(200, "by host")),
            new Case(
                    "RoutingApps$Negotiation",
                    request("GET", "/", "Host: negotiation.test", "Accept: application/json"),
                    is(200, "[1]")),
            get("RoutingApps$Deploys", "/", "configured"),
            new Case(
                    "ContentApps$Forms",
                    request("POST", "/", "Host: forms.test", FORM, "Content-Length: " + form().length()) + form(),
                    is(200, "ann")),
            get("ContentApps$Pojos", "/", "{\"name\":\"ann\"}"),
            new Case("ContentApps$Jwt", request("GET", "/private", "Host: jwt.test"), got -> got.status() == 401),
            new Case(
                    "ContentApps$Health",
                    of("Health", "/health"),
                    got -> got.status() == 200 && got.text().contains("UP")),
            get("ContentApps$EventStream", "/", "data: one\n\ndata: two\n\n"),
            get("ContentApps$Echo", "/", "no WebSocket"),
            new Case(
                    "ContentApps$SockJs",
                    of("SockJs", "/bus/info"),
                    got -> got.status() == 200 && got.text().contains("\"websocket\":true")),
            get("ContentApps$EventBusReply", "/", "hello bus"),
            get("ContentApps$Blocking", "/handler", "from vert.x-worker-thread"),
            get("ContentApps$Blocking", "/code", "from vert.x-worker-thread"),
            new Case(
                    "ContentApps$Worker",
                    request("POST", "/", "Host: worker.test", "Content-Length: 4") + "body",
                    is(200, "body")),
            get("ContentApps$Proxy", "/", "origin"));

    @TempDir
    private Path folder;

    @Test
    void applicationsRunUnchangedOnTwoNodesAndOutliveOne() throws IOException {
        var config = configOf(jar());
        try (var cluster = new Nodes()) {
            var first = cluster.start(launch -> launch.with("--config", config.toString()));
            var second = cluster.start(launch -> launch.with("--config", config.toString()));
            cluster.awaitAgreement();
            var servedBy = askAll(first, 4);
            assertThat(servedBy)
                    .as("the local and the remote way")
                    .containsExactlyInAnyOrder(first.name(), second.name());
            assertThat(token(first)).startsWith("for ann");
            assertThat(echo(first)).isEqualTo("echo hello");
            second.kill9();
            askAll(first, 1);
            await().untilAsserted(() -> assertThat(askAll(first, 1)).containsExactly(first.name()));
        }
    }

    /** Asks for all, so that the policies send each case to both nodes; returns the nodes whose applications answered. */
    private static Set<String> askAll(Node node, int times) throws IOException {
        var wrong = new SoftAssertions();
        var nodes = CASES.stream()
                .flatMap(each -> Stream.generate(() -> each).limit(times))
                .map(each -> {
                    var got = ask(node, each);
                    wrong.assertThat(each.right().test(got))
                            .as("%s: %s", each, got)
                            .isTrue();
                    return got.field("x-app-node").orElse("none");
                })
                .collect(Collectors.toUnmodifiableSet());
        wrong.assertAll();
        return nodes;
    }

    private static RawResponse ask(Node node, Case each) {
        try {
            return RawHttp.exchange(node.port(), each.request());
        } catch (IOException broken) {
            throw new UncheckedIOException(each.toString(), broken);
        }
    }

    /** What the application answers to its own token, which may come from the other node. */
    private static String token(Node node) throws IOException {
        var token = RawHttp.exchange(node.port(), of("Jwt", "/token")).text();
        return RawHttp.exchange(
                        node.port(), request("GET", "/private", "Host: jwt.test", "Authorization: Bearer " + token))
                .text();
    }

    private static String echo(Node node) throws IOException {
        var handshake = RawWebSocket.handshake("/").replaceFirst("Host: [^\r]*", "Host: echo.test");
        try (var socket = RawWebSocket.over(RawHttp.connect(node.port()).send(handshake))) {
            return socket.sendText("hello").read().text();
        }
    }

    /** One jar has all applications; the settings of each site name its main verticle. */
    private Path jar() throws IOException {
        return SiteJar.of().sources(PACKAGE, SOURCES).write(folder.resolve("applications.jar"));
    }

    private Path configOf(Path jar) throws IOException {
        var sites = CASES.stream()
                .map(Case::application)
                .distinct()
                .map(each ->
                        """
                          - jar: %s
                            name: %s
                            main-verticle: %s.%s
                            hosts: [%2$s.test, %2$s.localhost]
                            balance-app: round-robin
                        """
                                .formatted(jar, Case.site(each), PACKAGE, each))
                .collect(Collectors.joining());
        return Files.writeString(folder.resolve("sites.yaml"), "sites:\n" + sites);
    }

    private static Case get(String application, String path, String body) {
        return new Case(application, request("GET", path, "Host: " + Case.site(application) + ".test"), is(200, body));
    }

    private static String of(String application, String path) {
        return request("GET", path, "Host: " + application.toLowerCase(Locale.ROOT) + ".test");
    }

    private static String put(String path, String body) {
        return request("PUT", path, "Host: rest.test", "Content-Length: " + body.length()) + body;
    }

    private static String form() {
        return """
                --XX
                Content-Disposition: form-data; name="name"

                ann
                --XX
                Content-Disposition: form-data; name="f"; filename="f.txt"

                file
                --XX--
                """
                .replace("\n", "\r\n");
    }

    private static String request(String method, String target, String... lines) {
        return RawHttp.request(method, target, lines).replaceFirst("Host: localhost\r\n", "");
    }

    private static boolean has(RawResponse got, String field, String value) {
        return got.field(field).equals(Optional.of(value));
    }

    private static Predicate<RawResponse> is(int status, String body) {
        return got -> got.status() == status && got.text().equals(body);
    }
}
