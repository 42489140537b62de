package io.colonnade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteConfigTest {
    @TempDir
    Path folder;

    @Test
    void takesNameAndHostsFromTheJar() {
        var site = SiteConfig.of("sites/My_Shop-1.2.3-SNAPSHOT.jar");
        assertThat(site.name()).isEqualTo("my-shop");
        assertThat(site.hosts()).containsExactly("my-shop", "www.my-shop", "my-shop.localhost");
    }

    @Test
    void knowsTheBundledSite() {
        assertThat(SiteConfig.BUNDLED.name()).isEqualTo("foobar");
        assertThat(SiteConfig.BUNDLED.bundled()).isTrue();
        assertThat(SiteConfig.BUNDLED.hosts())
                .containsExactly("www.foobar.com", "foobar.com", "www.foobar.localhost", "localhost", "127.0.0.1");
    }

    @Test
    void refusesHeadersThatTheNodeSetsAndThatCannotBeSent() {
        assertThat(problem("{Content-Length: 3}"))
                .startsWith("sites[0].headers has the field \"Content-Length\"; allowed are");
        assertThat(problem("{A B: 3}")).startsWith("sites[0].headers has the field \"A B\"; allowed are");
        assertThat(problem("{A: \"b\\nc\"}"))
                .startsWith("sites[0].headers has the field A with \"b\nc\"; allowed is one line of ASCII characters");
        assertThat(problem("{A: [b]}")).startsWith("sites[0].headers.A is a list; allowed is one value");
        assertThat(problem("3")).startsWith("sites[0].headers is \"3\"; allowed are keys and values");
    }

    @Test
    void readsHeadersAsTexts() {
        assertThat(sites("{X-B: true, X-A: max-age=1}").headers())
                .containsExactly(entry("X-A", "max-age=1"), entry("X-B", "true"));
    }

    private String problem(String headers) {
        return catchThrowableOfType(ConfigException.class, () -> sites(headers))
                .problems()
                .get(0);
    }

    private SiteConfig sites(String headers) {
        record Sites(List<SiteConfig> sites) {}
        var file = folder.resolve("sites.yaml");
        try {
            Files.writeString(file, "sites: [{jar: shop.jar, headers: " + headers + "}]");
        } catch (IOException unusual) {
            throw new UncheckedIOException(unusual);
        }
        return Settings.of(new Sites(List.of())).file(file).bind().sites().get(0);
    }

    @Test
    void refusesHostsWithAPort() {
        assertThatThrownBy(() -> SiteConfig.BUNDLED.alsoAt(List.of("a.example:80")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("hosts has \"a.example:80\"; allowed are");
    }
}
