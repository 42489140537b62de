package io.colonnade.node.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.config.FlatSettings;
import io.colonnade.config.Settings;
import io.colonnade.config.SiteConfig;
import io.colonnade.node.settings.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigChangeTest {
    @TempDir
    Path folder;

    @Test
    void everyKeyEitherChangesAtOnceOrNeedsARestart() {
        var keys = new TreeSet<>(FlatSettings.of(NodeConfig.DEFAULTS).keySet());
        keys.remove("sites");
        assertThat(together(ConfigChange.AT_ONCE, ConfigChange.AFTER_RESTART))
                .as("a new key of the configuration is to be put into one of the two sets")
                .isEqualTo(keys);
        assertThat(together(ConfigChange.SITE_AT_ONCE, ConfigChange.SITE_AFTER_RESTART))
                .isEqualTo(new TreeSet<>(FlatSettings.of(SiteConfig.BUNDLED).keySet()));
    }

    @Test
    void namesTheKeysThatDiffer() throws IOException {
        var change = change(
                "port: 80\nweight: 2\nbalancer: {max-head: 2 KiB}",
                "port: 81\nweight: 3\nbalancer: {max-head: 2 KiB, retry: {attempts: 1}}\nlog-level: info");

        assertThat(change.atOnce()).containsExactly("balancer.retry.attempts", "weight");
        assertThat(change.afterRestart()).containsExactly("port");
        assertThat(change.has("balancer")).isTrue();
        assertThat(change.has("weight")).isTrue();
        assertThat(change.has("log-level")).isFalse();
    }

    @Test
    void isEmptyBetweenEquals() throws IOException {
        var same = "sites: [{jar: shop.jar, config: {a: [1, 2]}}]";
        var change = change(same, same);

        assertThat(change.atOnce()).isEmpty();
        assertThat(change.afterRestart()).isEmpty();
    }

    @Test
    void namesTheSiteThatDiffers() throws IOException {
        var change = change(
                "sites: [{jar: shop.jar, hosts: [a]}, {jar: blog.jar}]",
                "sites: [{jar: shop.jar, hosts: [a, b], balance: weighted}, {jar: blog.jar, default: true, config: {a: 1}}]");

        assertThat(change.atOnce())
                .containsExactly(
                        "sites[blog].default", "sites[blog].hosts", "sites[shop].balance", "sites[shop].hosts");
        assertThat(change.afterRestart()).containsExactly("sites[blog].config");
        assertThat(change.has("sites")).isTrue();
    }

    @Test
    void leavesAllSitesForTheRestartWhenOneComesOrGoes() throws IOException {
        var change = change("sites: [{jar: shop.jar}]", "sites: [{jar: blog.jar}, {jar: shop.jar, balance: weighted}]");

        assertThat(change.atOnce()).isEmpty();
        assertThat(change.afterRestart()).containsExactly("sites");
    }

    private ConfigChange change(String before, String after) throws IOException {
        return ConfigChange.between(config(before), config(after));
    }

    private NodeConfig config(String yaml) throws IOException {
        var file = Files.writeString(folder.resolve("node.yaml"), yaml);
        return Settings.of(NodeConfig.DEFAULTS).file(file).bind();
    }

    /** Fails if a key is in both. */
    private static Set<String> together(Set<String> one, Set<String> other) {
        assertThat(one).doesNotContainAnyElementsOf(other);
        var both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }
}
