package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.it.harness.FreePorts;
import io.colonnade.testing.RawHttp;
import io.colonnade.testing.SiteJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose jars, its own and that of a site, are written over in place, as {@code cp} does. */
class OverwrittenJarIT {
    @TempDir
    private Path folder;

    @Test
    void saysSoAndStopsInOrder() throws Exception {
        var jar = Files.copy(Path.of("target", "colonnade.jar"), folder.resolve("colonnade.jar"));
        var site = shop().write(folder.resolve("shop.jar"));
        var process = start(jar, site);
        try {
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() ->
                            assertThat(read("out.txt")).as(read("log.txt")).contains("ready in"));
            Files.write(site, new byte[1 << 20]);
            assertThat(RawHttp.exchange(port(), RawHttp.request("GET", "/late")).body())
                    .as(read("log.txt"))
                    .hasToString("a class that was loaded late");
            Files.write(jar, new byte[1 << 20]);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> read("log.txt").contains(jar + " was written over while this node runs from it"));

            process.destroy();

            assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(read("log.txt")).isZero();
            var log = read("log.txt");
            var stop = log.substring(log.indexOf("this node is asked to end"));
            assertThat(stop).doesNotContain("NoClassDefFound").doesNotContain("could not be stopped");
        } finally {
            process.destroyForcibly();
        }
    }

    private int port() throws IOException {
        var address = Pattern.compile("site +http://[^/]*:(\\d+)/").matcher(read("out.txt"));
        assertThat(address.find()).as(read("out.txt")).isTrue();
        return Integer.parseInt(address.group(1));
    }

    private static SiteJar shop() {
        return SiteJar.of("shop.Shop")
                .source(
                        "shop.Shop",
                        """
                        package shop;

                        import io.vertx.core.Future;
                        import io.vertx.ext.web.Router;

                        public final class Shop implements io.colonnade.site.Site {
                            public Future<Router> start(io.colonnade.site.SiteContext context) {
                                var router = Router.router(context.vertx());
                                router.get("/late").handler(request -> request.end(Late.text()));
                                return Future.succeededFuture(router);
                            }
                        }

                        final class Late {
                            static String text() {
                                return "a class that was loaded late";
                            }
                        }
                        """);
    }

    private Process start(Path jar, Path site) throws IOException {
        var java = Path.of(System.getProperty("it.java.home", System.getProperty("java.home")), "bin", "java");
        var secret = Files.writeString(folder.resolve("secret"), "1".repeat(64));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        var command = List.of(
                java.toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                "--site=" + site,
                "--cluster=it-" + UUID.randomUUID().toString().substring(0, 8),
                "--cluster-port=" + FreePorts.block(1),
                "--port=0",
                "--admin-port=0",
                "--dns-port=0",
                "--secret-file=" + secret,
                "--data=" + folder.resolve("data"),
                "--set=warm-up.time-limit=0s");
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("log.txt").toFile())
                .start();
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }
}
