package io.colonnade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Role;
import io.colonnade.node.Colonnade.Started;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BannerTest {
    @Test
    void isOneObjectForPrograms() {
        var started = started("");
        assertThat(Banner.json(started, Duration.ofMillis(2449)))
                .isEqualTo(
                        "{\"version\":\"development\",\"node\":\"amber-heron\",\"roles\":[\"web\",\"db\"],"
                                + "\"cluster\":\"colonnade\",\"members\":3,\"sites\":[\"http://www.foobar.localhost:8080/\"],"
                                + "\"notReady\":[\"shop has failed: no such table\"],\"admin\":\"http://127.0.0.1:9080\",\"dns\":null,\"database\":\"embedded\",\"readyMillis\":2449}");
    }

    @Test
    void saysWhatRunsAndEndsWithTheTimeItTook() {
        var started = started("127.0.0.1:8053");
        assertThat(Banner.of(started, Duration.ofMillis(2449)).lines())
                .containsExactly(
                        "Colonnade development",
                        "",
                        "  node      amber-heron (web, db)",
                        "  cluster   colonnade, 3 members",
                        "  site      http://www.foobar.localhost:8080/",
                        "  not ready shop has failed: no such table",
                        "  admin     http://127.0.0.1:9080",
                        "  dns       127.0.0.1:8053",
                        "  database  embedded",
                        "",
                        "ready in 2.4 s");
    }

    /** @param dns where the name server is; empty for none */
    private static Started started(String dns) {
        return new Started(
                "amber-heron",
                Set.of(Role.DB, Role.WEB),
                "colonnade",
                3,
                List.of("http://www.foobar.localhost:8080/"),
                List.of("shop has failed: no such table"),
                "http://127.0.0.1:9080",
                dns,
                "embedded");
    }
}
