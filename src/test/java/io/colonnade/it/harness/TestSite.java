package io.colonnade.it.harness;

import io.colonnade.testing.SiteJar;
import java.io.IOException;
import java.nio.file.Path;

/** The jar of the site that the integration tests send requests to. Its source is the package {@code io.colonnade.it.site}. */
public final class TestSite {
    private static final String PACKAGE = "io.colonnade.it.site";

    private TestSite() {}

    /** Writes the jar {@code ground.jar} into the folder. */
    public static Path in(Path folder) throws IOException {
        return SiteJar.of(PACKAGE + ".GroundSite")
                .sources(PACKAGE, Path.of("src/test/java/io/colonnade/it/site"))
                .file("webroot/index.html", "<!doctype html><title>ground</title>")
                .file("webroot/large.txt", "0123456789".repeat(100_000))
                .write(folder.resolve("ground.jar"));
    }
}
