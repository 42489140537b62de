package io.colonnade.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.config.Port;
import io.colonnade.config.Settings;
import io.colonnade.dns.DnsTier;
import io.colonnade.node.settings.NodeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {
    @TempDir
    Path folder;

    @Test
    void showsAConfigurationThatIsAccepted() throws Exception {
        var file = Files.writeString(folder.resolve("colonnade.yaml"), Readme.block("yaml", "sites:"));
        var config = Settings.of(NodeConfig.DEFAULTS).file(file).bind();
        assertThat(config.sites().get(0).hosts()).startsWith("www.example.com", "example.com");
    }

    @Test
    void showsZonesThatAreAccepted() throws Exception {
        var file = Files.writeString(folder.resolve("zones.yaml"), Readme.block("yaml", "zones:"));
        var config = Settings.of(NodeConfig.DEFAULTS).file(file).bind();
        assertThat(config.dns().zones()).hasSize(1);
        DnsTier.check(config.dns(), List.of("127.0.0.1"), Port.exactly(0));
    }
}
