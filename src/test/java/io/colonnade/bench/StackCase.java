package io.colonnade.bench;

import static io.colonnade.bench.Target.Metric.CPU;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The whole way on one machine. */
final class StackCase extends ContestCase {
    private static final Ask HELLO = Ask.get("43 B", "/hello");
    private static final Ask JSON = Ask.get("2 KB", "/json");
    private static final String TOMCAT = "haproxy, nginx, tomcat";
    private static final String VERTX = "vertx";

    @Override
    public String name() {
        return "stack";
    }

    @Override
    public String about() {
        return "A dynamic answer of 43 bytes and of 2 KB of JSON on one machine: one Colonnade node with all roles; HAProxy, nginx and a"
                + " servlet on Tomcat; HAProxy and the site's router on a bare Vert.x server; that server alone.";
    }

    @Override
    public int seconds(Effort effort) {
        return effort.quick() ? 60 : 270;
    }

    @Override
    Contest contest(BenchGround ground) throws IOException {
        var peers = new Peers(ground);
        var colonnade = ground.port();
        var node = new BenchNodes(ground).node("colonnade", colonnade);
        var bare = ground.port();
        return new Contest(
                List.of(
                        Entry.of(new Contender("colonnade", "", colonnade, List.of(node))),
                        new Entry(TOMCAT, tomcats(ground, peers)),
                        new Entry("haproxy, vertx", proxied(ground, peers)),
                        Entry.of(new Contender(VERTX, "", bare, List.of(peers.vertx(bare))))),
                ground.effort().quick() ? List.of(HELLO) : List.of(HELLO, JSON),
                List.of(64),
                List.of(
                        new Target(CPU, HELLO.label(), 64, TOMCAT, 0.22),
                        new Target(CPU, HELLO.label(), 64, VERTX, 1.2)),
                List.of());
    }

    private static List<Contender> tomcats(BenchGround ground, Peers peers) throws IOException {
        var variants = new ArrayList<Contender>();
        for (var variant : Peers.VARIANTS) {
            var ports = List.of(ground.port(), ground.port(), ground.port());
            var programs = List.of(
                    peers.tomcat(variant, ports.get(2), WebApplication.WITHOUT_DATABASE),
                    peers.nginx(variant, ports.get(1), ports.get(2), ground.folder()),
                    peers.haproxy(variant, ports.get(0), ports.get(1)));
            variants.add(new Contender(TOMCAT, variant, ports.get(0), programs));
        }
        return variants;
    }

    private static List<Contender> proxied(BenchGround ground, Peers peers) throws IOException {
        var variants = new ArrayList<Contender>();
        for (var variant : Peers.VARIANTS) {
            var port = ground.port();
            var upstream = ground.port();
            var programs = List.of(peers.vertx(upstream), peers.haproxy(variant, port, upstream));
            variants.add(new Contender("haproxy, vertx", variant, port, programs));
        }
        return variants;
    }
}
