package io.colonnade.bench;

import static io.colonnade.bench.Target.Metric.CPU;
import static io.colonnade.bench.Target.Metric.RATE;

import io.colonnade.bench.site.BenchSite;
import io.colonnade.testing.SiteJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files. */
final class StaticCase extends ContestCase {
    private static final Map<String, Integer> SIZES =
            new TreeMap<>(Map.of("1k.bin", 1_024, "64k.bin", 65_536, "10m.bin", 10_485_760));
    private static final Ask SMALL = Ask.get("1 KB", "/files/1k.bin");
    private static final Ask MIDDLE = Ask.get("64 KB", "/files/64k.bin");
    private static final Ask LARGE = Ask.get("10 MB", "/files/10m.bin").onAtMost(4);
    private static final String NGINX = "nginx";

    @Override
    public String name() {
        return "static";
    }

    @Override
    public String about() {
        return "Files of 1 KB, 64 KB and 10 MB from a site's archive, whole and unchanged (`If-None-Match`); one Colonnade node with all"
                + " roles, and nginx.";
    }

    @Override
    public int seconds(Effort effort) {
        return effort.quick() ? 30 : 340;
    }

    @Override
    Contest contest(BenchGround ground) throws IOException {
        var colonnade = ground.port();
        var node = new BenchNodes(ground, archive()).node("colonnade", colonnade);
        return new Contest(
                List.of(
                        Entry.of(new Contender("colonnade", "", colonnade, List.of(node))),
                        new Entry(NGINX, variants(ground))),
                ground.effort().quick()
                        ? List.of(SMALL, MIDDLE)
                        : List.of(SMALL, SMALL.unchanged(), MIDDLE, MIDDLE.unchanged(), LARGE, LARGE.unchanged()),
                List.of(64),
                List.of(
                        new Target(CPU, SMALL.label(), 64, NGINX, 1.0),
                        new Target(CPU, MIDDLE.label(), 64, NGINX, 1.0),
                        new Target(RATE, LARGE.label(), 4, NGINX, 0.95)),
                List.of());
    }

    private static SiteJar archive() throws IOException {
        var jar = BenchNodes.site(BenchSite.class);
        SIZES.forEach((name, size) -> jar.file("webroot/files/" + name, content(size)));
        return jar;
    }

    private static List<Contender> variants(BenchGround ground) throws IOException {
        var files = ground.folder("files");
        Files.createDirectories(files.resolve("files"));
        for (var file : SIZES.entrySet()) {
            Files.writeString(files.resolve("files").resolve(file.getKey()), content(file.getValue()));
        }
        var variants = new ArrayList<Contender>();
        for (var variant : Peers.VARIANTS) {
            variants.add(nginx(ground, variant, files));
        }
        return variants;
    }

    private static Contender nginx(BenchGround ground, String variant, Path files) throws IOException {
        var port = ground.port();
        var program = new Peers(ground).nginx(variant, port, ground.port(), files);
        return new Contender(NGINX, variant, port, List.of(program));
    }

    private static String content(int size) {
        return "0123456789abcdef".repeat(size / 16);
    }
}
