package io.colonnade.bench;

import io.colonnade.bench.site.BenchSite;
import io.colonnade.it.harness.FreePorts;
import io.colonnade.it.harness.SecretFiles;
import io.colonnade.security.ClusterSecret;
import io.colonnade.site.Site;
import io.colonnade.testing.SiteJar;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster of Colonnade for one contender: its secret, its ports, its site. The nodes run as they are shipped, with the JVM's defaults.
 */
final class BenchNodes {
    private static final int MOST = 20;
    private static final String SITE_SOURCES = "src/test/java/io/colonnade/bench/site";

    private final BenchGround ground;
    private final Path site;
    private final Path secret;
    private final int firstPort = FreePorts.block(MOST);
    private int started;

    BenchNodes(BenchGround ground) throws IOException {
        this(ground, site(BenchSite.class));
    }

    BenchNodes(BenchGround ground, SiteJar jar) throws IOException {
        this.ground = ground;
        var folder = ground.folder("cluster");
        this.site = jar.write(folder.resolve("bench.jar"));
        this.secret = SecretFiles.write(folder.resolve("secret"), ClusterSecret.fresh(new SecureRandom()));
    }

    /** The archive of a site of the benchmark. */
    static SiteJar site(Class<? extends Site> type) throws IOException {
        return SiteJar.of(type.getName()).sources(type.getPackageName(), Path.of(SITE_SOURCES));
    }

    /** A node with its public port and further flags; it has every role if they name none. */
    Program node(String name, int port, String... more) throws IOException {
        return node(name, port, List.of(), List.of(more));
    }

    /** A node of a cluster without a database, whose start does not wait for one. */
    Program node(String name, int port, List<String> options, String roles, String... more) throws IOException {
        var flags = new ArrayList<>(List.of("--roles", roles, "--set", "store.start-time-limit=1ms"));
        flags.addAll(List.of(more));
        return node(name, port, options, flags);
    }

    private Program node(String name, int port, List<String> options, List<String> more) throws IOException {
        var folder = ground.folder(name);
        var flags = new ArrayList<>(List.of("--cluster", "bench-" + firstPort, "--site", site.toString()));
        flags.addAll(List.of(
                "--secret-file",
                secret.toString(),
                "--data",
                folder.resolve("data").toString()));
        flags.addAll(List.of("--cluster-port", Integer.toString(firstPort + started++)));
        flags.addAll(List.of("--set", "clustering.first-port=" + firstPort, "--set", "clustering.port-range=" + MOST));
        flags.addAll(List.of("--port", Integer.toString(port), "--admin-port", "0", "--dns-port", "0"));
        flags.addAll(more);
        return new Program(name, folder, Java.node(options, flags));
    }
}
