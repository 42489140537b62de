package io.colonnade.it;

import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.TestSite;
import io.colonnade.testing.RawHttp;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * A measurement, not a test: what happens to new connections when one of two nodes that share a port closes its listener, again and
 * again. Each client makes a connection for each request. Run it in a network namespace, so that {@code
 * net.ipv4.tcp_migrate_req} is its own; {@code src/test/handover.sh} does.
 */
final class PortHandover {
    private static final int CLIENTS = 16;
    private static final int TIMES = Integer.getInteger("handover.times", 30);
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(900);

    private final Map<String, AtomicLong> counts = new ConcurrentSkipListMap<>();
    private volatile boolean going = true;

    private PortHandover() {}

    public static void main(String[] flags) throws Exception {
        new PortHandover().run();
    }

    private void run() throws Exception {
        var folder = Files.createTempDirectory("handover");
        var site = TestSite.in(folder).toString();
        UnaryOperator<Launch> plain = launch -> launch.with("--site", site);
        try (var cluster = new Nodes()) {
            var port = cluster.start(plain).port();
            var closing = cluster.start(launch -> plain.apply(launch).with("--port", Integer.toString(port)));
            var clients = new ArrayList<Thread>();
            for (var i = 0; i < CLIENTS; i++) {
                var client = new Thread(() -> send(port));
                client.start();
                clients.add(client);
            }
            for (var i = 0; i < TIMES; i++) {
                order(closing, "drain");
                TimeUnit.MILLISECONDS.sleep(300);
                order(closing, "undrain");
                TimeUnit.MILLISECONDS.sleep(700);
            }
            going = false;
            for (var client : clients) {
                client.join();
            }
        }
        System.err.println(TIMES + " times closed: " + new TreeMap<>(counts));
    }

    private void send(int port) {
        while (going) {
            var start = System.nanoTime();
            var outcome = outcome(port);
            var slow = System.nanoTime() - start > SLOW ? ", after 1 s or more" : "";
            counts.computeIfAbsent(outcome + slow, first -> new AtomicLong()).incrementAndGet();
        }
    }

    private static String outcome(int port) {
        try {
            var response = RawHttp.exchange(port, RawHttp.request("GET", "/fixed", "Connection: close"));
            return response.status() == 200 && response.isComplete() ? "answered" : "wrong";
        } catch (ConnectException refused) {
            return "refused";
        } catch (SocketException reset) {
            return "reset";
        } catch (IOException ended) {
            return "ended early";
        }
    }

    private static String token(Node node) throws IOException {
        var file = node.status().getJsonObject("admin").getString("tokenFile");
        return Files.readString(Path.of(file)).strip();
    }

    private static void order(Node node, String order) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + node.adminPort() + "/members/" + node.name() + "/" + order);
        var request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token(node))
                .POST(BodyPublishers.noBody());
        var response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 204) {
            throw new IOException(order + " is answered " + response.statusCode() + " " + response.body());
        }
    }
}
