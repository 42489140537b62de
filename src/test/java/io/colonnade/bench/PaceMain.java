package io.colonnade.bench;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * The generator's own JVM. It reads an order a line, {@code PORT CONNECTIONS RATE SECONDS HEAD}, the head with tabs for its line ends, and
 * answers each with {@code FAILURES P50 P99 P99.9}, in milliseconds, or with what went wrong.
 */
final class PaceMain {
    private static final int WORDS = 5;

    private PaceMain() {}

    public static void main(String[] none) throws IOException, InterruptedException, ExecutionException {
        var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = orders.readLine(); line != null; line = orders.readLine()) {
            System.out.println(carryOut(line, group.next()));
        }
        group.shutdownGracefully().get();
    }

    private static String carryOut(String line, EventLoop loop) throws InterruptedException {
        try {
            var result = Pace.run(order(line), loop).get();
            return String.format(
                    Locale.ROOT,
                    "%d %.3f %.3f %.3f",
                    result.failures(),
                    result.latency(50),
                    result.latency(99),
                    result.latency(99.9));
        } catch (ExecutionException failed) {
            return "failed: " + failed.getCause();
        }
    }

    static Pace.Order order(String line) {
        var words = line.split(" ", WORDS);
        return new Pace.Order(
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                Double.parseDouble(words[2]),
                Integer.parseInt(words[3]),
                words[4].replace("\t", "\r\n"));
    }
}
