package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.BoardClient;
import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.LoadClient;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.SecretFiles;
import io.colonnade.security.ClusterSecret;
import io.colonnade.testing.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The secret of two nodes under load is changed as the README says, by restarting one node after another. */
class SecretChangeIT {
    private static final ClusterSecret OLD = ClusterSecret.fresh(new SecureRandom());
    private static final ClusterSecret NEW = ClusterSecret.fresh(new SecureRandom());
    private static final String BOARD = RawHttp.request("GET", "/api/messages?limit=5");

    @TempDir
    Path folder;

    @Test
    void noRequestFailsAndNoSessionIsLost() throws IOException {
        try (var cluster = new Nodes()) {
            var old = having(OLD);
            var first = cluster.start(old);
            var port = Integer.toString(first.port());
            UnaryOperator<Launch> shared = launch -> launch.with("--port", port);
            cluster.start(launch -> old.apply(shared.apply(launch)));
            BoardClient.awaitBoard(cluster.alive());
            var user = BoardClient.of(first).signIn("Ada");
            try (var load = new LoadClient(4, BOARD, first::port)) {
                load.slowDownTo(50);
                for (var secrets : List.of(having(OLD, NEW), having(NEW, OLD), having(NEW))) {
                    for (var node : cluster.alive()) {
                        node.sigterm();
                        assertThat(node.awaitExit()).as(node::log).isZero();
                        cluster.start(launch -> secrets.apply(shared.apply(launch)));
                        assertThat(user.whoAmI()).isEqualTo("Ada");
                    }
                }
                assertThat(load.failed()).isEmpty();
                assertThat(load.answered()).isGreaterThan(100);
            }
        }
    }

    private UnaryOperator<Launch> having(ClusterSecret... secrets) throws IOException {
        var file = SecretFiles.write(folder.resolve("secret-" + List.of(secrets).hashCode()), secrets);
        return launch -> launch.with("--secret-file", file.toString());
    }
}
