package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.TestSite;
import io.colonnade.it.site.Pattern;
import io.colonnade.testing.RawHttp;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bodies much larger than the nodes' memory, on their way between two nodes. They are 256 MiB, or 1 GiB with {@code
 * -Dit.gigabyte=true}.
 */
class StreamingIT {
    private static final Logger log = LoggerFactory.getLogger(StreamingIT.class);
    private static final long BYTES = (Boolean.getBoolean("it.gigabyte") ? 1024L : 256L) << 20;
    private static final int SLOW_READERS = 50;

    /** How long another exchange may take meanwhile, on a machine that also runs other things. */
    private static final Duration GENEROUS = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    @Test
    void largeBodiesPassSmallNodesAndHinderNobody() throws Exception {
        var site = TestSite.in(folder).toString();
        var clients = Executors.newScheduledThreadPool(3);
        try (var cluster = new Nodes()) {
            var far = cluster.begin(launch -> small(launch).with("--site", site, "--roles", "app"));
            var near = cluster.begin(launch -> small(launch).with("--site", site, "--roles", "balancer,web,db"));
            near.awaitReady();
            far.awaitReady();
            cluster.awaitAgreement();

            var readers = new ArrayList<RawHttp>();
            for (var i = 0; i < SLOW_READERS; i++) {
                var reader = RawHttp.connect(near.port()).send(download(BYTES));
                assertThat(reader.readHead().status()).isEqualTo(200);
                readers.add(reader);
            }
            var upload = clients.submit(timed("upload", () -> upload(near.port())));
            var download = clients.submit(timed("download", () -> download(near.port())));
            var slow = clients.scheduleAtFixedRate(() -> readALittle(readers), 0, 50, TimeUnit.MILLISECONDS);
            var longest = Duration.ZERO;
            while (!upload.isDone() || !download.isDone()) {
                var time = timeOfASmallExchange(near.port());
                longest = time.compareTo(longest) > 0 ? time : longest;
            }
            log.info("the slowest of the small exchanges took {} ms", longest.toMillis());

            assertThat(upload.get()).isEqualTo(Pattern.checksum(BYTES));
            assertThat(download.get()).isEqualTo(Pattern.checksum(BYTES));
            assertThat(slow.isDone()).as("a slow reader's response broke").isFalse();
            slow.cancel(false);
            for (var reader : readers) {
                reader.close();
            }
            assertThat(longest).isLessThan(GENEROUS);
            cluster.awaitIdle();
            assertThat(near.log() + far.log()).doesNotContain("OutOfMemory");
        } finally {
            clients.shutdownNow();
        }
    }

    /** With all JIT compilers: without the last one the JVM encrypts the traffic between nodes several times slower. */
    private static Launch small(Launch launch) {
        return launch.withJvm("-Xmx96m", "-XX:MaxDirectMemorySize=48m", "-XX:TieredStopAtLevel=4");
    }

    private static String download(long bytes) {
        return RawHttp.request("GET", "/download?fixed&bytes=" + bytes);
    }

    private static Callable<Long> timed(String what, Callable<Long> transfer) {
        return () -> {
            var start = System.nanoTime();
            var checksum = transfer.call();
            var seconds = (System.nanoTime() - start) / 1e9;
            log.info("{} of {} MiB took {} s", what, BYTES >> 20, seconds);
            return checksum;
        };
    }

    /** The checksum that the site computed of the body. */
    private static long upload(int port) throws IOException {
        try (var http = RawHttp.connect(port)) {
            http.send(RawHttp.request("PUT", "/upload", "content-length: " + BYTES));
            for (long piece = 0; piece < BYTES / Pattern.PIECE; piece++) {
                http.send(Pattern.piece(piece, Pattern.PIECE).getBytes());
            }
            var told = new JsonObject(http.read().text());
            assertThat(told.getLong("bytes")).isEqualTo(BYTES);
            return told.getLong("crc32");
        }
    }

    private static long download(int port) throws IOException {
        try (var http = RawHttp.connect(port)) {
            assertThat(http.send(download(BYTES)).readHead().status()).isEqualTo(200);
            var crc = new CRC32();
            var bytes = new byte[Pattern.PIECE];
            for (var left = BYTES; left > 0; ) {
                var count = http.stream().read(bytes);
                assertThat(count).as("bytes at " + left + " before the end").isPositive();
                crc.update(bytes, 0, count);
                left -= count;
            }
            return crc.getValue();
        }
    }

    private static void readALittle(Iterable<RawHttp> readers) {
        try {
            for (var reader : readers) {
                assertThat(reader.stream().readNBytes(1000)).hasSize(1000);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Duration timeOfASmallExchange(int port) throws IOException {
        var start = System.nanoTime();
        var response = RawHttp.exchange(port, RawHttp.request("GET", "/fixed"));
        assertThat(response.status()).as(response::toString).isEqualTo(200);
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
