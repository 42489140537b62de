package io.colonnade.bench;

import static io.colonnade.bench.Target.Metric.CPU;
import static io.colonnade.bench.Target.Metric.P99;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** From a balancer to an application on another node. */
final class HopCase extends ContestCase {
    private static final Ask HELLO = Ask.get("43 B", "/hello");
    private static final Ask JSON = Ask.get("2 KB", "/json");
    private static final Ask LARGE = Ask.get("64 KB", "/large");
    static final String HAPROXY = "haproxy, vertx";
    static final String NGINX = "nginx, vertx";
    private static final String CADDY = "caddy, vertx";

    @Override
    public String name() {
        return "hop";
    }

    @Override
    public String about() {
        return "A Colonnade node with the role balancer, without TLS between nodes (`transport.encrypt=false`), and a node with the roles"
                + " web and app; HAProxy, nginx and Caddy before the site's router on a bare Vert.x server.";
    }

    @Override
    public int seconds(Effort effort) {
        return effort.quick() ? 50 : 560;
    }

    @Override
    Contest contest(BenchGround ground) throws IOException {
        var quick = ground.effort().quick();
        return new Contest(
                quick ? entries(ground, HAPROXY) : entries(ground, HAPROXY, NGINX, CADDY),
                quick ? List.of(HELLO, LARGE) : List.of(HELLO, JSON, LARGE),
                quick ? List.of(64) : List.of(64, 512),
                List.of(
                        new Target(CPU, HELLO.label(), 64, HAPROXY, 0.7),
                        new Target(CPU, HELLO.label(), 64, NGINX, 0.7),
                        new Target(CPU, JSON.label(), 64, HAPROXY, 0.7),
                        new Target(CPU, JSON.label(), 64, NGINX, 0.7),
                        new Target(CPU, LARGE.label(), 64, HAPROXY, 1.0),
                        new Target(CPU, LARGE.label(), 64, NGINX, 1.0),
                        new Target(P99, HELLO.label(), 64, HAPROXY, 1.0)),
                List.of());
    }

    private static List<Entry> entries(BenchGround ground, String... peers) throws IOException {
        var entries = new ArrayList<>(List.of(new Entry("colonnade", colonnades(ground, false))));
        for (var peer : peers) {
            entries.add(new Entry(peer, proxied(ground, peer)));
        }
        return entries;
    }

    /** As shipped, and with one lane for each of the two nodes, which share the cores. */
    static List<Contender> colonnades(BenchGround ground, boolean encrypt) throws IOException {
        return List.of(
                colonnade(ground, "colonnade", "good", encrypt, 0),
                colonnade(ground, "colonnade", "one lane", encrypt, 1));
    }

    /** As shipped. */
    static Contender colonnade(BenchGround ground, String name, boolean encrypt) throws IOException {
        return colonnade(ground, name, "", encrypt, 0);
    }

    /** Two nodes, of which the first has the public port and the second the site. */
    private static Contender colonnade(BenchGround ground, String name, String variant, boolean encrypt, int lanes)
            throws IOException {
        var nodes = new BenchNodes(ground);
        var encrypted = "transport.encrypt=" + encrypt;
        var laned = "lanes=" + lanes;
        var port = ground.port();
        var application =
                nodes.node("application", ground.port(), List.of(), "web,app", "--set", encrypted, "--set", laned);
        var balancer = nodes.node("balancer", port, List.of(), "balancer", "--set", encrypted, "--set", laned);
        return new Contender(name, variant, port, List.of(application, balancer));
    }

    /** A proxy before the bare server, in each of its configurations. */
    static List<Contender> proxied(BenchGround ground, String name) throws IOException {
        var peers = new Peers(ground);
        var variants = new ArrayList<Contender>();
        for (var variant : name.equals(HAPROXY) ? Peers.HAPROXY_VARIANTS : Peers.VARIANTS) {
            var port = ground.port();
            var upstream = ground.port();
            var proxy =
                    switch (name) {
                        case HAPROXY -> peers.haproxy(variant, port, upstream);
                        case NGINX -> peers.nginx(variant, port, upstream, ground.folder());
                        default -> peers.caddy(variant, port, upstream);
                    };
            variants.add(new Contender(name, variant, port, List.of(peers.vertx(upstream), proxy)));
        }
        return variants;
    }
}
