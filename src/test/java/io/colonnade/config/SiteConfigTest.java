package io.colonnade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SiteConfigTest {
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
    void refusesHostsWithAPort() {
        assertThatThrownBy(() -> SiteConfig.BUNDLED.alsoAt(List.of("a.example:80")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("hosts has \"a.example:80\"; allowed are");
    }
}
