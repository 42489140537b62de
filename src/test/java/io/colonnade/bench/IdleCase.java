package io.colonnade.bench;

import io.colonnade.bench.site.Content;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What a connection costs that nobody uses. */
final class IdleCase implements Case {
    private static final int CONNECTIONS = 5_000;
    private static final Ask HELLO = Ask.get("43 B", "/hello");
    private static final String OURS = "colonnade";
    private static final String HAPROXY = "haproxy";
    private static final String NGINX = "nginx";
    private static final String UPSTREAM = "vertx";

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String about() {
        return "Memory of a connection that has had one answer and is kept: the growth of what is resident over "
                + CONNECTIONS
                + " of them, by one Colonnade node with all roles, HAProxy, and nginx, each with the site or its upstream already warm;"
                + " the JVM collects its garbage before both looks (`jcmd GC.run`). The upstream of the proxies is not counted.";
    }

    @Override
    public int seconds(Effort effort) {
        return effort.quick() ? 20 : 60;
    }

    @Override
    public Chapter run(BenchGround ground) throws IOException, BenchException {
        var measured = new LinkedHashMap<String, List<Memory>>();
        for (var round = 1; round <= (ground.effort().quick() ? 1 : 3); round++) {
            for (var contender : contenders(ground)) {
                ground.say("round " + round + ", " + contender.name());
                measured.computeIfAbsent(contender.name(), none -> new ArrayList<>())
                        .add(perConnection(contender));
            }
        }
        var chapter = new Chapter(this);
        var table = chapter.table("contender", "bytes per connection", "of which objects on the JVM's heap");
        measured.forEach((name, rounds) -> table.row(
                name,
                Spread.of(figures(rounds, Memory::resident)).text(0),
                name.equals(OURS) ? Spread.of(figures(rounds, Memory::heap)).text(0) : ""));
        judge(chapter, measured);
        return chapter;
    }

    private static void judge(Chapter chapter, Map<String, List<Memory>> measured) {
        var haproxy = figures(measured.get(HAPROXY), Memory::resident);
        var nginx = figures(measured.get(NGINX), Memory::resident);
        var both = IntStream.range(0, nginx.size())
                .mapToObj(round -> haproxy.get(round) + nginx.get(round))
                .toList();
        var ratio = Spread.ratio(figures(measured.get(OURS), Memory::resident), both);
        chapter.verdict(
                "memory of an idle connection, Colonnade : HAProxy and nginx together",
                ratio,
                "at most 1.00",
                ratio.median() <= 1);
    }

    private static List<Double> figures(List<Memory> rounds, ToDoubleFunction<Memory> figure) {
        return rounds.stream().map(figure::applyAsDouble).toList();
    }

    private static List<Contender> contenders(BenchGround ground) throws IOException {
        var peers = new Peers(ground);
        var ports = new ArrayList<Integer>();
        for (var i = 0; i < 5; i++) {
            ports.add(ground.port());
        }
        return List.of(
                new Contender(OURS, "", ports.get(0), List.of(new BenchNodes(ground).node(OURS, ports.get(0)))),
                new Contender(
                        HAPROXY,
                        "",
                        ports.get(1),
                        List.of(peers.vertx(ports.get(2)), peers.haproxy("good", ports.get(1), ports.get(2)))),
                new Contender(
                        NGINX,
                        "",
                        ports.get(3),
                        List.of(
                                peers.vertx(ports.get(4)),
                                peers.nginx("good", ports.get(3), ports.get(4), ground.folder()))));
    }

    private static Memory perConnection(Contender contender) throws IOException, BenchException {
        var kept = new ArrayList<Socket>();
        try (var running = new RunningContender(contender, List.of())) {
            running.awaitAnswer(HELLO);
            for (var i = 0; i < 100; i++) {
                Reply.of(running.uri(HELLO.path()), HELLO);
            }
            var before = Memory.of(running);
            for (var i = 0; i < CONNECTIONS; i++) {
                kept.add(use(contender.port()));
            }
            var after = Memory.of(running);
            return new Memory(
                    (after.resident() - before.resident()) / CONNECTIONS, (after.heap() - before.heap()) / CONNECTIONS);
        } finally {
            for (var socket : kept) {
                socket.close();
            }
        }
    }

    /** A connection that has had an answer. */
    private static Socket use(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write("GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        var answer = new StringBuilder();
        while (!answer.toString().endsWith(Content.HELLO)) {
            var next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("a connection was closed: " + answer);
            }
            answer.append((char) next);
        }
        return socket;
    }

    /**
     * Bytes, after a collection of garbage.
     *
     * @param heap in use on the heap of the JVM, if it is one
     */
    private record Memory(double resident, double heap) {
        static Memory of(RunningContender running) throws IOException {
            var resident = 0L;
            var heap = 0L;
            for (var program : running.programs()) {
                if (!program.name().equals(UPSTREAM)) {
                    heap += program.collectGarbage();
                    resident += ProcessFigures.residentBytes(program.pids());
                }
            }
            return new Memory(resident, heap);
        }
    }
}
