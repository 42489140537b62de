package io.colonnade.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.colonnade.config.ConfigException;
import io.colonnade.config.Key;
import io.colonnade.config.Port;
import io.colonnade.config.Secret;
import io.colonnade.config.Settings;
import io.colonnade.config.SiteConfig;
import io.colonnade.core.Address;
import io.colonnade.core.PortRange;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeConfigTest {
    private static final Path SAMPLE = Path.of("conf/colonnade.yaml");

    private static final Set<Class<?>> ONE_VALUE = Set.of(Port.class, PortRange.class, Secret.class, Address.class);

    private final Settings<NodeConfig> settings = Settings.of(NodeConfig.DEFAULTS);

    @Test
    void theSampleHasTheDefaults() {
        assertThat(settings.file(SAMPLE).bind()).isEqualTo(NodeConfig.DEFAULTS);
    }

    @Test
    void theSampleNamesEveryKey() throws IOException {
        var sample = Files.readString(SAMPLE);
        var keys = Stream.concat(keys(NodeConfig.class), keys(SiteConfig.class));
        assertThat(keys).allSatisfy(key -> assertThat(sample).containsPattern("(?m)^[ #-]*" + key + ":"));
    }

    /** The keys of a record and of those nested in it; ports and secrets are records that are written as one value. */
    private static Stream<String> keys(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> {
            var nested = component.getType().isRecord() && !ONE_VALUE.contains(component.getType());
            return Stream.concat(Stream.of(key(component)), nested ? keys(component.getType()) : Stream.of());
        });
    }

    private static String key(RecordComponent component) {
        var key = component.getAnnotation(Key.class);
        return key != null
                ? key.value()
                : component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    @Test
    void theFirstSiteAnswersTheLocalHosts() {
        var sites = settings.set("sites", List.of("shop-1.0.jar", "blog.jar"), "--site")
                .bind()
                .sites();
        assertThat(sites.get(0).hosts()).contains("shop", "localhost", "127.0.0.1");
        assertThat(sites.get(1).hosts()).doesNotContain("localhost", "127.0.0.1");
    }

    @Test
    void theDefaultSiteAnswersTheLocalHosts(@TempDir Path folder) throws IOException {
        var file = Files.writeString(
                folder.resolve("node.yaml"), "sites: [{jar: shop.jar}, {jar: blog.jar, default: true}]");
        var sites = settings.file(file).bind().sites();
        assertThat(sites.get(0).isDefault()).isFalse();
        assertThat(sites.get(0).hosts()).doesNotContain("localhost", "127.0.0.1");
        assertThat(sites.get(1).isDefault()).isTrue();
        assertThat(sites.get(1).hosts()).contains("blog", "localhost", "127.0.0.1");
    }

    @Test
    void refusesTwoDefaultSites(@TempDir Path folder) throws IOException {
        settings.file(Files.writeString(
                folder.resolve("node.yaml"),
                "sites: [{jar: shop.jar, default: true}, {jar: blog.jar, default: true}]"));
        assertThat(problem())
                .startsWith("sites[1] has the value default: true, which sites[0] has too; allowed is one");
    }

    @Test
    void aSiteThatNamesALocalHostKeepsIt() {
        var sites = settings.set("sites", "shop.jar,bundled", "--set").bind().sites();
        assertThat(sites.get(0).hosts()).doesNotContain("localhost");
        assertThat(sites.get(1).hosts()).contains("localhost");
    }

    @Test
    void refusesTwoSitesOfOneName() {
        settings.set("sites", "a/shop.jar,b/shop.jar", "--set");
        assertThat(problem())
                .isEqualTo("sites[1] has the name shop, which sites[0] has too; allowed is one site for each (--set)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1", "localhost", "127.1.2.3", "::1"})
    void bindsToThisMachineWithoutASecret(String address) {
        assertThat(settings.set("bind", address, "--bind").bind().bind()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "127.0.0.1.evil.example", "example.com"})
    void doesNotBindBeyondThisMachineWithoutASecret(String address) {
        settings.set("bind", address, "--bind");
        assertThat(problem())
                .startsWith("bind is " + address + ", which is beyond this machine, and there is no secret; make one")
                .endsWith("(--bind)");
    }

    @Test
    void doesNotJoinBeyondThisMachineWithoutASecret() {
        settings.set("join", "localhost,10.0.0.1:5701", "--join");
        assertThat(problem()).startsWith("join is 10.0.0.1, which is beyond this machine, and there is no secret;");
    }

    @Test
    void bindsAndJoinsBeyondThisMachineWithASecret() {
        settings.set("secret-file", "secret", "--secret-file")
                .set("bind", "10.0.0.1", "--bind")
                .set("join", "10.0.0.2", "--join");
        assertThat(settings.bind().bind()).isEqualTo("10.0.0.1");
    }

    @Test
    void refusesAMalformedSecretWithoutRepeatingIt() {
        settings.set("secret", "hush", "COLONNADE_SECRET");
        assertThat(problem())
                .isEqualTo("secret is malformed; allowed are 64 hexadecimal digits, as \"secret new\" prints"
                        + " (COLONNADE_SECRET)");
    }

    @Test
    void refusesTwoWaysToGiveTheSecret() {
        settings.set("secret", "0".repeat(64), "COLONNADE_SECRET").set("secret-file", "secret", "--secret-file");
        assertThat(problem()).startsWith("secret and secret-file are both given; allowed is one of them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "0:0:0:0:0:0:0:0"})
    void refusesToBindToEveryAddress(String address) {
        settings.set("bind", address, "--bind");
        assertThat(problem())
                .isEqualTo("bind is " + address + "; allowed is one address of this machine, at which the other members"
                        + " can reach this node (--bind)");
    }

    @Test
    void theFirstSiteAnswersAtTheAddressForTheOtherMembers() {
        var sites = settings.set("sites", "bundled,shop.jar", "--set")
                .set("bind", "10.0.0.1", "--bind")
                .set("secret-file", "secret", "--secret-file")
                .bind()
                .sites();
        assertThat(sites.get(0).hosts()).contains("10.0.0.1", "localhost");
        assertThat(sites.get(1).hosts()).doesNotContain("10.0.0.1");
    }

    @Test
    void joinsAtTheClusterPortUnlessAnotherIsNamed() {
        assertThat(settings.set("join", "localhost,127.0.0.1:5800", "--join")
                        .bind()
                        .join())
                .containsExactly(new Address("localhost", 5701), new Address("127.0.0.1", 5800));
    }

    @Test
    void aTextNamesTheDatabase() {
        var database = settings.set("database", "mysql://app@db.example/shop?pool-size=9", "--database")
                .bind();
        assertThat(database.database().hosts()).containsExactly(new Address("db.example", 3306));
        assertThat(database.store().poolSize()).isEqualTo(9);
    }

    @Test
    void aVariableNamesTheDatabase() {
        var environment = Map.of("COLONNADE_DATABASE", "mysql://app@db.example/shop");
        assertThat(settings.environment(environment, Set.of()).bind().database().user())
                .isEqualTo("app");
    }

    @Test
    void refusesWhatIsNoDatabase() {
        settings.set("database", "sqlite", "--database");
        assertThat(problem()).startsWith("database.url is \"sqlite\"; allowed is embedded, galera or mysql://");
    }

    private String problem() {
        var thrown = catchThrowableOfType(ConfigException.class, settings::bind);
        assertThat(thrown).isNotNull();
        assertThat(thrown.problems()).hasSize(1);
        return thrown.problems().get(0);
    }
}
