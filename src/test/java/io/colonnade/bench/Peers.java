package io.colonnade.bench;

import io.colonnade.bench.site.BareServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The programs that Colonnade is measured beside, each with the configuration named by its variant. */
final class Peers {
    static final List<String> VARIANTS = List.of("good", "tuned");

    /** And with one thread, as it shares the cores with what is behind it. */
    static final List<String> HAPROXY_VARIANTS = List.of("good", "tuned", "one thread");

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final Path TOMCAT = Path.of("/usr/share/tomcat10");

    private final BenchGround ground;

    Peers(BenchGround ground) {
        this.ground = ground;
    }

    Program haproxy(String variant, int port, int upstream) throws IOException {
        return haproxy(variant, port, upstream, "");
    }

    /** With an upstream that speaks TLS. */
    Program haproxy(String variant, int port, int upstream, String tls) throws IOException {
        var folder = ground.folder("haproxy");
        var oneThread = variant.equals("one thread");
        var values = Map.<String, Object>of(
                "port", port, "upstream", upstream, "cores", oneThread ? 1 : CORES, "last-core", CORES - 1, "tls", tls);
        var file = Template.write(
                "haproxy/" + (oneThread ? "good" : variant) + ".cfg", values, folder.resolve("haproxy.cfg"));
        return new Program("haproxy", folder, List.of("haproxy", "-db", "-f", file.toString()));
    }

    /** As a proxy, or as web server of the folder {@code files/} in {@code files}. */
    Program nginx(String variant, int port, int upstream, Path files) throws IOException {
        var folder = ground.folder("nginx");
        var values = Map.<String, Object>of(
                "port",
                port,
                "upstream",
                upstream,
                "cores",
                CORES,
                "folder",
                folder,
                "files",
                files,
                "user",
                "www-data");
        var file = Template.write("nginx/" + variant + ".conf", values, folder.resolve("nginx.conf"));
        return new Program("nginx", folder, List.of("nginx", "-c", file.toString()));
    }

    Program caddy(String variant, int port, int upstream) throws IOException {
        var folder = ground.folder("caddy");
        var values = Map.<String, Object>of("port", port, "upstream", upstream);
        var file = Template.write("caddy/" + variant + ".Caddyfile", values, folder.resolve("Caddyfile"));
        var environment = Map.of(
                "HOME",
                folder.toString(),
                "GOMAXPROCS",
                Integer.toString(CORES),
                "GOGC",
                variant.equals("tuned") ? "400" : "100");
        return new Program(
                "caddy",
                folder,
                List.of("caddy", "run", "--adapter", "caddyfile", "--config", file.toString()),
                environment);
    }

    /** With the benchmark's servlets as its only application. */
    Program tomcat(String variant, int port, WebApplication application) throws IOException {
        var folder = ground.folder("tomcat");
        var values = Map.<String, Object>of("port", port, "folder", folder);
        Files.createDirectories(folder.resolve("conf"));
        Files.createDirectories(folder.resolve("temp"));
        Template.write("tomcat/" + variant + ".xml", values, folder.resolve("conf/server.xml"));
        Files.copy(TOMCAT.resolve("etc/catalina.properties"), folder.resolve("conf/catalina.properties"));
        application.write(folder.resolve("webapps/ROOT"));
        return new Program(
                "tomcat",
                folder,
                List.of(
                        Java.program(),
                        "-cp",
                        TOMCAT.resolve("bin/bootstrap.jar") + ":" + TOMCAT.resolve("bin/tomcat-juli.jar"),
                        "-Dcatalina.home=" + TOMCAT,
                        "-Dcatalina.base=" + folder,
                        "-Djava.io.tmpdir=" + folder.resolve("temp"),
                        "org.apache.catalina.startup.Bootstrap",
                        "start"));
    }

    /** The site's router behind a plain Vert.x server; with TLS if there are files of a certificate and its key. */
    Program vertx(int port, String... certificateAndKey) throws IOException {
        var folder = ground.folder("vertx");
        var words = new String[1 + certificateAndKey.length];
        words[0] = Integer.toString(port);
        System.arraycopy(certificateAndKey, 0, words, 1, certificateAndKey.length);
        return new Program("vertx", folder, Java.command(List.of(), BareServer.class.getName(), words));
    }
}
