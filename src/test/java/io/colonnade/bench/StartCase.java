package io.colonnade.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** How long it takes from the start of a process until it answers. */
final class StartCase implements Case {
    private static final Ask HELLO = Ask.get("43 B", "/hello");
    private static final Path JVMS = Path.of("/usr/lib/jvm");

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "From the start of the process of a Colonnade node (all roles but db) to its first answer, without and with an archive of"
                + " its classes; and of Tomcat with its servlet. On JDK 25, if it is there, the archive is an AOT cache.";
    }

    @Override
    public int seconds(Effort effort) {
        return effort.quick() ? 30 : 100;
    }

    @Override
    public Chapter run(BenchGround ground) throws IOException, BenchException {
        var ways = ways(ground);
        var measured = new LinkedHashMap<String, List<Double>>();
        var rounds = ground.effort().quick() ? 2 : 5;
        for (var round = 1; round <= rounds; round++) {
            ground.say("round " + round + " of " + rounds);
            for (var way : ways) {
                measured.computeIfAbsent(way.name(), none -> new ArrayList<>()).add(seconds(ground, way));
            }
        }
        var chapter = new Chapter(this);
        var table = chapter.table("what", "seconds to the first answer", "of Colonnade on this JDK without an archive");
        var plain = measured.get(ways.get(0).name());
        measured.forEach((name, seconds) -> table.row(
                name,
                Spread.of(seconds).text(2),
                seconds == plain ? "" : Spread.ratio(seconds, plain).text(2)));
        return chapter;
    }

    private static List<Way> ways(BenchGround ground) throws IOException, BenchException {
        var folder = ground.folder("archives");
        var archive = folder.resolve("colonnade.jsa");
        record(ground, Java.program(), "-XX:ArchiveClassesAtExit=" + archive);
        var ways = new ArrayList<>(List.of(
                new Way("colonnade", Java.program(), List.of()),
                new Way("colonnade, class-data archive", Java.program(), List.of("-XX:SharedArchiveFile=" + archive)),
                new Way("tomcat", "", List.of())));
        var newer = ground.effort().quick() ? "" : jdk25();
        if (!newer.isEmpty() && !newer.equals(Java.program())) {
            var cache = folder.resolve("colonnade.aot");
            record(ground, newer, "-XX:AOTCacheOutput=" + cache);
            ways.add(new Way("colonnade, JDK 25", newer, List.of()));
            ways.add(new Way("colonnade, JDK 25, AOT cache", newer, List.of("-XX:AOTCache=" + cache)));
        }
        return ways;
    }

    private static String jdk25() throws IOException {
        try (Stream<Path> found = Files.list(JVMS)) {
            return found.filter(home -> home.getFileName().toString().contains("25"))
                    .map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .map(Path::toString)
                    .findFirst()
                    .orElse("");
        }
    }

    /** Runs a node until it has answered, with an option that writes an archive when it ends. */
    private static void record(BenchGround ground, String java, String option) throws IOException, BenchException {
        ground.say("makes an archive");
        try (var running = new RunningContender(colonnade(ground, java, List.of(option)), List.of())) {
            running.awaitAnswer(HELLO);
            running.programs().get(0).end();
        }
    }

    private static double seconds(BenchGround ground, Way way) throws IOException, BenchException {
        var contender = way.java().isEmpty() ? tomcat(ground) : colonnade(ground, way.java(), way.options());
        var start = System.nanoTime();
        try (var running = new RunningContender(contender, List.of())) {
            running.awaitAnswer(HELLO);
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private static Contender colonnade(BenchGround ground, String java, List<String> options) throws IOException {
        var port = ground.port();
        var node = new BenchNodes(ground).node("colonnade", port, options, "balancer,web,app,dns");
        var command = new ArrayList<>(node.command());
        command.set(0, java);
        return new Contender("colonnade", "", port, List.of(new Program(node.name(), node.folder(), command)));
    }

    private static Contender tomcat(BenchGround ground) throws IOException {
        var port = ground.port();
        var program = new Peers(ground).tomcat("good", port, WebApplication.WITHOUT_DATABASE);
        return new Contender("tomcat", "", port, List.of(program));
    }

    /**
     * A way to start.
     *
     * @param java the program; empty for Tomcat
     */
    private record Way(String name, String java, List<String> options) {}
}
