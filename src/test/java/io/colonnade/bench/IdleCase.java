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

/** What a connection costs that nobody uses. */
final class IdleCase implements Case {
    private static final int CONNECTIONS = 5_000;
    private static final Ask HELLO = Ask.get("43 B", "/hello");
    private static final String UPSTREAM = "vertx";

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String about() {
        return "Memory of a connection that has had one answer and is kept: the growth of what is resident over "
                + CONNECTIONS
                + " of them, by one Colonnade node with all roles, HAProxy, and nginx, each with the site or its upstream already warm; the JVM collects its garbage before"
                + " both looks (`jcmd GC.run`). The upstream of the proxies is not counted.";
    }

    @Override
    public int seconds(Effort effort) {
        return effort.quick() ? 20 : 60;
    }

    @Override
    public Chapter run(Ground ground) throws IOException, BenchException {
        var measured = new LinkedHashMap<String, List<Double>>();
        for (var round = 1; round <= (ground.effort().quick() ? 1 : 3); round++) {
            for (var contender : contenders(ground)) {
                ground.say("round " + round + ", " + contender.name());
                measured.computeIfAbsent(contender.name(), none -> new ArrayList<>())
                        .add(bytesPerConnection(contender));
            }
        }
        return chapter(measured);
    }

    private Chapter chapter(Map<String, List<Double>> measured) {
        var chapter = new Chapter(this);
        var table = chapter.table("contender", "bytes per connection");
        measured.forEach((name, bytes) -> table.row(name, Spread.of(bytes).text(0)));
        var proxies = new ArrayList<Double>();
        for (var round = 0; round < measured.get("haproxy").size(); round++) {
            proxies.add(
                    measured.get("haproxy").get(round) + measured.get("nginx").get(round));
        }
        var ratio = Spread.ratio(measured.get("colonnade"), proxies);
        chapter.verdict(
                "memory of an idle connection, Colonnade : HAProxy and nginx together",
                ratio,
                "at most 1.00",
                ratio.median() <= 1);
        return chapter;
    }

    private static List<Contender> contenders(Ground ground) throws IOException {
        var peers = new Peers(ground);
        var ports = new ArrayList<Integer>();
        for (var i = 0; i < 5; i++) {
            ports.add(ground.port());
        }
        return List.of(
                new Contender(
                        "colonnade", "", ports.get(0), List.of(new BenchNodes(ground).node("colonnade", ports.get(0)))),
                new Contender(
                        "haproxy",
                        "",
                        ports.get(1),
                        List.of(peers.vertx(ports.get(2)), peers.haproxy("good", ports.get(1), ports.get(2)))),
                new Contender(
                        "nginx",
                        "",
                        ports.get(3),
                        List.of(
                                peers.vertx(ports.get(4)),
                                peers.nginx("good", ports.get(3), ports.get(4), ground.folder()))));
    }

    private static double bytesPerConnection(Contender contender) throws IOException, BenchException {
        var kept = new ArrayList<Socket>();
        try (var running = new RunningContender(contender, List.of())) {
            running.awaitAnswer(HELLO);
            for (var i = 0; i < 100; i++) {
                Reply.of(running.uri(HELLO.path()), HELLO);
            }
            var before = resident(running);
            for (var i = 0; i < CONNECTIONS; i++) {
                kept.add(use(contender.port()));
            }
            return (double) (resident(running) - before) / CONNECTIONS;
        } finally {
            for (var socket : kept) {
                socket.close();
            }
        }
    }

    private static long resident(RunningContender running) {
        return running.programs().stream()
                .filter(program -> !program.name().equals(UPSTREAM))
                .peek(RunningProgram::collectGarbage)
                .mapToLong(program -> ProcessFigures.residentBytes(program.pids()))
                .sum();
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
}
