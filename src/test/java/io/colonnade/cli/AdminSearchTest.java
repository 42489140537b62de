package io.colonnade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.colonnade.security.AdminToken;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which node the commands ask, and to whom they tell a token. The nodes are HTTP servers that answer as nodes do. */
class AdminSearchTest {
    /** A name that no node has which happens to run on this machine. */
    private static final String NAME = "searched-heron";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private AdminToken token;

    @TempDir
    Path data;

    @BeforeEach
    void makeToken() {
        token = AdminToken.readOrMake(data.resolve("admin.token"), new SecureRandom());
    }

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void findsTheMembersNodeInTheDataDirectoryWithItsToken() throws IOException {
        known("a", "http://127.0.0.1:1");
        var port = node(0);
        known("b", "http://127.0.0.1:" + port);

        assertThat(run("drain", NAME, "--data", data.toString()))
                .as(err::toString)
                .isZero();
        assertThat(out.toString().strip()).isEqualTo(NAME + " is draining");
        assertThat(err.toString()).contains("the node " + NAME + " at http://127.0.0.1:" + port + " answers");
        assertThat(told).containsExactly("Bearer " + token.text());
    }

    @Test
    void takesAUrlOrAnAddressOrAPort() throws IOException {
        var port = node(0);
        for (var admin : List.of("http://127.0.0.1:" + port + "/", "127.0.0.1:" + port, Integer.toString(port))) {
            assertThat(run("status", "--admin", admin)).as(err::toString).isZero();
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void tellsNoTokenToAProcessThatOnlyNamesItsFile() throws IOException {
        var liar = node(1);

        assertThat(run("drain", NAME, "--admin", Integer.toString(liar))).isEqualTo(1);
        assertThat(err.toString()).contains("does not know the token in " + data.resolve("admin.token"));
        assertThat(told).isEmpty();
    }

    @Test
    void saysWhoMayGiveOrders() throws IOException {
        Files.delete(data.resolve("admin.token"));
        var port = node(0);

        assertThat(run("weight", NAME, "3", "--admin", Integer.toString(port))).isEqualTo(1);
        assertThat(err.toString()).contains("cannot be read").contains("as the user of the node");
    }

    @Test
    void refusesAMemberThatIsNoName() throws IOException {
        var port = node(0);
        assertThat(run("drain", "x/../y", "--admin", Integer.toString(port))).isEqualTo(1);
        assertThat(err.toString()).contains("\"x/../y\" is not the name of a node");
    }

    private void known(String folder, String url) throws IOException {
        Files.writeString(
                Files.createDirectories(data.resolve("nodes").resolve(folder)).resolve("admin.url"), url);
    }

    /** @param off how much the port in its proof is off its own: 0 for a node, another for a process that passes questions on */
    private int node(int off) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var port = server.getAddress().getPort();
        server.createContext("/status", exchange -> {
            var nonce = exchange.getRequestHeaders().getFirst("X-Colonnade-Nonce");
            if (nonce != null) {
                exchange.getResponseHeaders().set("X-Colonnade-Proof", token.proof(nonce, port + off));
            }
            answer(exchange, status().encode());
        });
        server.createContext("/members/", exchange -> {
            told.add(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, "");
        });
        server.start();
        servers.add(server);
        return port;
    }

    private JsonObject status() {
        return new JsonObject()
                .put("node", NAME)
                .put("cluster", new JsonObject().put("name", "colonnade"))
                .put("members", new JsonArray().add(new JsonObject().put("name", NAME)))
                .put(
                        "admin",
                        new JsonObject()
                                .put("tokenFile", data.resolve("admin.token").toString()));
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    private int run(String... args) {
        return new Main(new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false), Map.of())
                .run(args);
    }
}
