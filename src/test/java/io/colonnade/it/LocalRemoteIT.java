package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.TestSite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client cannot tell on which nodes the tiers run that answer it. */
class LocalRemoteIT {
    private static Nodes alone;
    private static Nodes apart;
    private static Node allTiers;
    private static Node application;
    private static Node web;
    private static Node balancer;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        var site = TestSite.in(folder).toString();
        alone = new Nodes();
        apart = new Nodes();
        allTiers = alone.begin(launch -> launch.with("--site", site));
        application = apart.begin(launch -> launch.with("--site", site, "--roles", "app"));
        web = apart.begin(launch -> launch.with("--site", site, "--roles", "balancer,web,db"));
        balancer = apart.begin(launch -> launch.with("--site", site, "--roles", "balancer"));
        Stream.of(allTiers, application, web, balancer).forEach(Node::awaitReady);
        apart.awaitAgreement();
    }

    @AfterAll
    static void stop() throws IOException {
        try (var first = alone;
                var second = apart) {
            first.awaitIdle();
            second.awaitIdle();
        }
    }

    @ParameterizedTest
    @MethodSource("io.colonnade.it.Conversations#all")
    void itLooksTheSameFromAfar(Conversation conversation) throws IOException {
        var local = conversation.with(allTiers);
        assertThat(local.status()).as(local.seen()::toString).isEqualTo(conversation.status());
        var remoteApplication = conversation.with(web);
        var remoteWeb = conversation.with(balancer);

        assertThat(remoteApplication.seen()).isEqualTo(local.seen());
        assertThat(remoteWeb.seen()).isEqualTo(local.seen());
        assertThat(local.node("app")).isIn("", allTiers.name());
        var byApplication = !local.node("app").isEmpty();
        var answered = !local.node("web").isEmpty();
        assertThat(remoteApplication.node("app")).isEqualTo(byApplication ? application.name() : "");
        assertThat(remoteWeb.node("app")).isEqualTo(byApplication ? application.name() : "");
        assertThat(remoteWeb.node("web")).isEqualTo(answered ? web.name() : "");
    }
}
