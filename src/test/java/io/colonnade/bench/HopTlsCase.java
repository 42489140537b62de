package io.colonnade.bench;

import static io.colonnade.bench.Target.Metric.CPU;
import static io.colonnade.bench.Target.Metric.P99;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The same with TLS between the two. */
final class HopTlsCase extends ContestCase {
    private static final Ask HELLO = Ask.get("43 B", "/hello");
    private static final Ask JSON = Ask.get("2 KB", "/json");
    private static final Ask LARGE = Ask.get("64 KB", "/large");
    private static final String HAPROXY = "haproxy, TLS, vertx";

    @Override
    public String name() {
        return "hop-tls";
    }

    @Override
    public String about() {
        return "As hop, with TLS between nodes as it is by default (TLS 1.3, both ends with certificates); HAProxy with TLS to the bare"
                + " Vert.x server, whose certificate it verifies, on kept connections.";
    }

    @Override
    public int seconds(Effort effort) {
        return effort.quick() ? 45 : 200;
    }

    @Override
    Contest contest(BenchGround ground) throws IOException {
        var quick = ground.effort().quick();
        return new Contest(
                List.of(new Entry("colonnade", HopCase.colonnades(ground, true)), new Entry(HAPROXY, proxied(ground))),
                quick ? List.of(HELLO, LARGE) : List.of(HELLO, JSON, LARGE),
                List.of(64),
                List.of(
                        new Target(CPU, HELLO.label(), 64, HAPROXY, 0.7),
                        new Target(CPU, JSON.label(), 64, HAPROXY, 0.7),
                        new Target(CPU, LARGE.label(), 64, HAPROXY, 1.0),
                        new Target(P99, HELLO.label(), 64, HAPROXY, 1.0)),
                List.of());
    }

    private static List<Contender> proxied(BenchGround ground) throws IOException {
        var peers = new Peers(ground);
        var certificate = Certificate.make(ground.folder("certificate"));
        var variants = new ArrayList<Contender>();
        for (var variant : Peers.HAPROXY_VARIANTS) {
            var port = ground.port();
            var upstream = ground.port();
            var tls = "ssl verify required ca-file " + certificate.file() + " verifyhost localhost sni str(localhost)";
            var programs = List.of(
                    peers.vertx(
                            upstream,
                            certificate.file().toString(),
                            certificate.key().toString()),
                    peers.haproxy(variant, port, upstream, tls));
            variants.add(new Contender(HAPROXY, variant, port, programs));
        }
        return variants;
    }
}
