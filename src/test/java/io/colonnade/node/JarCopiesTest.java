package io.colonnade.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.config.SiteConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarCopiesTest {
    private static final String SHA_OF_ONE = "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed";

    @TempDir
    private Path folder;

    private Path jar;
    private JarCopies copies;

    @BeforeEach
    void write() throws IOException {
        jar = Files.writeString(folder.resolve("shop-1.0.jar"), "one");
        copies = new JarCopies(folder.resolve("jars"));
    }

    @Test
    void aSiteRunsFromACopyThatItsContentNames() throws IOException {
        var site = copies.of(List.of(SiteConfig.of(jar.toString()))).get(0);
        assertThat(site.jar())
                .isEqualTo(folder.resolve("jars/" + SHA_OF_ONE + ".jar").toString());
        assertThat(site.name()).isEqualTo("shop");
        assertThat(site.hosts()).contains("www.shop");
        Files.writeString(jar, "two");
        assertThat(Path.of(site.jar())).hasContent("one");
    }

    @Test
    void whatIsNotUsedAnyMoreIsDeleted() throws IOException {
        copies.of(List.of(SiteConfig.of(jar.toString())));
        Files.writeString(folder.resolve("jars/half.jar.part"), "o");
        Files.writeString(jar, "two");
        var site = copies.of(List.of(SiteConfig.of(jar.toString()))).get(0);
        assertThat(folder.resolve("jars"))
                .isDirectoryContaining(file -> file.toString().equals(site.jar()));
        assertThat(folder.resolve("jars").toFile().list()).hasSize(1);
    }

    @Test
    void whatIsNoFileStaysAsItIs() {
        var sites = List.of(
                SiteConfig.BUNDLED, SiteConfig.of(folder.resolve("missing.jar").toString()));
        assertThat(copies.of(sites)).isEqualTo(sites);
        assertThat(folder.resolve("jars")).doesNotExist();
    }
}
