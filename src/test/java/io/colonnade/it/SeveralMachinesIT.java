package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cluster over several machines. */
class SeveralMachinesIT {
    @Test
    void theBoardIsServedByEachOfThreeMachinesAndByTwoWhenOneIsLost() throws IOException {
        try (var network = new Namespaces(3);
                var cluster = new Nodes()) {
            var home = cluster.begin(launch -> launch.on(network, network.get(0)));
            var others = List.of(
                    cluster.begin(launch -> launch.on(network, network.get(1)).with("--roles", "balancer,web,app")),
                    cluster.begin(launch -> launch.on(network, network.get(2)).with("--roles", "balancer,web,app")));
            home.awaitReady();
            others.forEach(Node::awaitReady);
            cluster.awaitAgreement();
            BoardClient.awaitBoard(cluster.alive());

            var ann = BoardClient.of(home).signIn("Ann");
            assertThat(ann.post("from the first").statusCode()).isEqualTo(201);
            for (var node : others) {
                assertThat(ann.at(node).whoAmI()).isEqualTo("Ann");
                assertThat(ann.at(node).texts("")).containsExactly("from the first");
            }

            others.get(1).kill9();
            cluster.awaitAgreement();

            assertThat(ann.at(others.get(0)).post("from the second").statusCode())
                    .isEqualTo(201);
            assertThat(ann.texts("")).containsExactly("from the second", "from the first");
        }
    }
}
