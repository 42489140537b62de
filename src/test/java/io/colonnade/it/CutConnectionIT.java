package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.NodeConnections;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.TestSite;
import io.colonnade.it.site.Pattern;
import io.colonnade.testing.RawHttp;
import io.colonnade.testing.RawResponse;
import io.colonnade.testing.RawResponse.End;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event bus loses its connection while both nodes run: every loss is noticed, and everything works again afterwards. */
class CutConnectionIT {
    private static final int BYTES = 25_000_000;
    private static final int CUTS = 4;

    @TempDir
    private Path folder;

    private final ExecutorService clients = Executors.newFixedThreadPool(4);

    @AfterEach
    void stopClients() {
        clients.shutdownNow();
    }

    @Test
    void noResponseIsSilentlyShortAndLaterRequestsWork() throws Exception {
        var site = TestSite.in(folder).toString();
        try (var cluster = new Nodes()) {
            var far = cluster.begin(launch -> launch.with("--site", site, "--roles", "app"));
            var near = cluster.begin(launch -> launch.with("--site", site, "--roles", "balancer,web,db"));
            near.awaitReady();
            far.awaitReady();
            cluster.awaitAgreement();
            var broken = 0;
            for (var cut = 0; cut < CUTS; cut++) {
                broken += cutInMidDownload(near, far);
                var response = RawHttp.exchange(near.port(), RawHttp.request("GET", "/fixed"));
                assertThat(response.status()).as(response::toString).isEqualTo(200);
            }
            assertThat(broken).as("responses that a cut has broken").isPositive();
            cluster.awaitAgreement();
        }
    }

    /** Cuts while two downloads of each framing are being read and an upload is half sent, and returns how many downloads broke. */
    private int cutInMidDownload(Node near, Node far) throws Exception {
        var begun = new CountDownLatch(4);
        var downloads = Stream.of("&fixed", "", "&fixed", "")
                .map(framing -> CompletableFuture.supplyAsync(() -> download(near.port(), framing, begun), clients))
                .toList();
        try (var upload = RawHttp.connect(near.port())) {
            upload.send(RawHttp.request("POST", "/upload", "content-length: 200000") + "x".repeat(100_000));
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            cut(near, far);
            var answer = upload.send("x".repeat(100_000)).read();
            assertThat(answer.status()).as(answer::toString).isIn(200, 502);
            if (answer.status() == 200) {
                assertThat(new JsonObject(answer.text()).getInteger("bytes")).isEqualTo(200_000);
            }
        }
        return (int) downloads.stream()
                .map(CompletableFuture::join)
                .filter(CutConnectionIT::isBroken)
                .count();
    }

    private static RawResponse download(int port, String framing, CountDownLatch begun) {
        try (var http = RawHttp.connect(port)) {
            var head = http.send(RawHttp.request("GET", "/download?bytes=" + BYTES + framing))
                    .readHead();
            begun.countDown();
            return http.readBody(head);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Whether a response is visibly incomplete. Fails if a client could overlook that. */
    private static boolean isBroken(RawResponse response) {
        if (response.end() == End.PREMATURE) {
            return true;
        }
        var crc = new CRC32();
        crc.update(response.body().getBytes());
        assertThat(response.body().length()).isEqualTo(BYTES);
        assertThat(crc.getValue()).isEqualTo(Pattern.checksum(BYTES));
        return false;
    }

    private static void cut(Node near, Node far) throws IOException {
        try {
            assertThat(NodeConnections.cut(near, far)).as("connections cut").isPositive();
        } catch (UnsupportedOperationException | IOException cannot) {
            assumeThat(cannot)
                    .as("connections of other processes cannot be cut here")
                    .isNull();
        }
    }
}
