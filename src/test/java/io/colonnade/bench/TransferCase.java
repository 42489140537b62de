package io.colonnade.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** One large body through the hop. */
final class TransferCase implements Case {
    private static final double MEGA = 1e6;
    private static final int ROUNDS = 3;
    private static final double MIB = 1_048_576;
    private static final long SLOW_PER_SECOND = 10_000_000;
    private static final Ask HELLO = Ask.get("43 B", "/hello");

    private final boolean upload;

    TransferCase(boolean upload) {
        this.upload = upload;
    }

    @Override
    public String name() {
        return upload ? "upload" : "download";
    }

    @Override
    public String about() {
        return (upload
                        ? "A body of 1 GB from a client to the application"
                        : "A body of 1 GB from the application to a client")
                + " through the hop, one at a time: throughput, CPU time, and the most memory that all processes together held beyond"
                + " what they held before; then with a reader ("
                + (upload ? "the application" : "the client")
                + ") that takes 10 MB a second for some seconds. JVMs collect their garbage before. With `--quick` it is 128 MB.";
    }

    @Override
    public int seconds(Effort effort) {
        return effort.quick() ? 25 : 110;
    }

    @Override
    public Chapter run(BenchGround ground) throws IOException, BenchException {
        var running = new ArrayList<RunningContender>();
        try {
            ground.say("starts its contenders");
            for (var contender : contenders(ground)) {
                running.add(new RunningContender(contender, List.of()));
            }
            for (var contender : running) {
                contender.awaitAnswer(HELLO);
            }
            return measure(ground, running);
        } finally {
            running.forEach(RunningContender::close);
        }
    }

    private static List<Contender> contenders(BenchGround ground) throws IOException {
        var contenders = new ArrayList<>(List.of(
                HopCase.colonnade(ground, "colonnade", false),
                HopCase.proxied(ground, HopCase.HAPROXY).get(0)));
        if (!ground.effort().quick()) {
            contenders.add(HopCase.colonnade(ground, "colonnade, TLS on the bus", true));
            contenders.add(HopCase.proxied(ground, HopCase.NGINX).get(0));
        }
        return contenders;
    }

    private Chapter measure(BenchGround ground, List<RunningContender> running) throws IOException, BenchException {
        var quick = ground.effort().quick();
        var bytes = quick ? 128_000_000L : 1_000_000_000L;
        var fast = new LinkedHashMap<RunningContender, List<Sample>>();
        for (var contender : running) {
            ground.say("warms " + contender.name());
            warm(contender, bytes, ground.effort().warmSeconds());
        }
        for (var round = 1; round <= ROUNDS; round++) {
            ground.say("round " + round + " of " + ROUNDS);
            for (var contender : running) {
                fast.computeIfAbsent(contender, none -> new ArrayList<>()).add(sample(contender, bytes, 0));
            }
        }
        ground.say("a slow reader");
        var chapter = new Chapter(this);
        var table =
                chapter.table("contender", "MB/s", "CPU ms per MB", "peak extra memory MiB", "with a slow reader, MiB");
        for (var contender : running) {
            var samples = fast.get(contender);
            var slow = sample(contender, SLOW_PER_SECOND * seconds(quick), seconds(quick));
            table.row(
                    contender.name(),
                    Spread.of(samples.stream()
                                    .map(each -> each.perSecond() / MEGA)
                                    .toList())
                            .text(0),
                    Spread.of(samples.stream().map(Sample::cpuMillisPerMega).toList())
                            .text(2),
                    Spread.of(samples.stream()
                                    .map(each -> each.extraBytes() / MIB)
                                    .toList())
                            .text(0),
                    Spread.number(slow.extraBytes() / MIB, 0));
        }
        return chapter;
    }

    /** Sends bodies for some seconds. */
    private void warm(RunningContender contender, long bytes, int seconds) throws IOException, BenchException {
        var end = System.nanoTime() + seconds * 1_000_000_000L;
        do {
            sample(contender, bytes, 0);
        } while (System.nanoTime() < end);
    }

    private static int seconds(boolean quick) {
        return quick ? 3 : 6;
    }

    private Sample sample(RunningContender contender, long bytes, int seconds) throws IOException, BenchException {
        for (var program : contender.programs()) {
            program.collectGarbage();
        }
        var pids = contender.pids();
        var before = ProcessFigures.residentBytes(pids);
        var cpu = ProcessFigures.cpuMicros(pids);
        ProcessFigures.forgetPeak(pids);
        var port = contender.contender().port();
        var perSecond = upload
                ? Transfer.upload(port, bytes, seconds)
                : Transfer.download(port, bytes, seconds == 0 ? 0 : bytes / seconds);
        var used = ProcessFigures.cpuMicros(pids) - cpu;
        var extra = Math.max(0, ProcessFigures.peakBytes(pids) - before);
        return new Sample(perSecond, used / 1e3 / (bytes / MEGA), extra);
    }

    /** What one body gave. */
    private record Sample(double perSecond, double cpuMillisPerMega, double extraBytes) {}
}
