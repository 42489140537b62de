package io.colonnade.it.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.TestSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Balancers that go while their addresses are asked for: the others' name servers stop to tell them, and never tell anything wrong. */
class LostBalancerIT {
    private static final List<String> ADDRESSES = List.of("127.0.0.11", "127.0.0.12", "127.0.0.13", "127.0.0.14");

    /** Those who stay to the end. */
    private static final List<String> STAYING = ADDRESSES.subList(2, 4);

    /** It shall take 1.5 s at most. What it took is printed: a machine that is busy with other tests may take longer to notice a death. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void theAddressOfABalancerThatIsKilledOrDrainsIsToldNoMore() throws IOException {
        try (var cluster = new Nodes()) {
            var nodes =
                    ADDRESSES.stream().map(address -> begin(cluster, address)).toList();
            nodes.forEach(Node::awaitReady);
            cluster.awaitAgreement();
            try (var one = watch(nodes.get(2));
                    var other = watch(nodes.get(3))) {
                awaitAddresses(Set.copyOf(ADDRESSES), one, other);
                lose("killed", nodes.get(0), Node::kill9, 0, one, other);
                lose("drained", nodes.get(1), Node::sigterm, 1, one, other);
            }
        }
    }

    private static void lose(String how, Node node, Consumer<Node> end, int number, AddressWatch... watches) {
        var since = System.nanoTime();
        end.accept(node);
        awaitAddresses(Set.copyOf(ADDRESSES.subList(number + 1, 4)), watches);
        for (var watch : watches) {
            System.out.println(how + ": its address was gone after "
                    + watch.timeUntilGone(ADDRESSES.get(number), since).toMillis() + " ms");
            assertThat(watch.answersSince(since)).isNotEmpty().allSatisfy(LostBalancerIT::isRight);
        }
    }

    /** Nobody who lives is ever left out, and nobody is told who was never there. */
    private static void isRight(AddressWatch.Answer answer) {
        assertThat(answer.head()).isEqualTo("NOERROR aa");
        assertThat(answer.addresses()).containsAll(STAYING).isSubsetOf(ADDRESSES);
    }

    private static void awaitAddresses(Set<String> addresses, AddressWatch... watches) {
        for (var watch : watches) {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(10))
                    .atMost(PATIENCE)
                    .until(() -> watch.addresses().equals(addresses));
        }
    }

    private static AddressWatch watch(Node node) {
        return new AddressWatch(NameServers.of(node), "www.foobar.test");
    }

    private Node begin(Nodes cluster, String address) {
        try {
            return cluster.begin(settings(address));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private UnaryOperator<Launch> settings(String address) throws IOException {
        var config = Files.writeString(
                folder.resolve("names.yaml"),
                """
                sites:
                  - jar: %s
                    hosts: [www.foobar.test, foobar.test]
                dns:
                  bind: [127.0.0.1]
                """
                        .formatted(TestSite.in(folder)));
        return launch -> launch.with("--config", config.toString(), "--dns-port", "0", "--public-address", address);
    }
}
