package io.colonnade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.colonnade.core.Protocol;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterIT {
    private final List<TestNode> nodes = new ArrayList<>();
    private ClusterConfig config;

    @BeforeEach
    void findPorts() throws Exception {
        config = FreeClusterPorts.config();
    }

    @AfterEach
    void stop() {
        nodes.forEach(TestNode::kill);
    }

    @Test
    void membersFindOneAnotherAndAgree() throws Exception {
        var a = start("a");
        var b = start("b");
        var c = start("c");

        await().until(() -> a.sees(3) && b.sees(3) && c.sees(3));

        assertThat(a.snapshot().members()).extracting(Member::name).containsExactly("a", "b", "c");
        assertThat(b.snapshot().members()).isEqualTo(a.snapshot().members());
        assertThat(a.self().admin().port()).isEqualTo(9080);
    }

    @Test
    void aKilledMemberVanishesAtOnce() throws Exception {
        var a = start("a");
        var b = start("b");
        await().until(() -> a.sees(2));

        b.kill();

        await().atMost(Duration.ofSeconds(1)).until(() -> a.sees(1));
    }

    @Test
    void aMemberWhoseBeatsStopIsRemovedAndIsNotSelectedWhenItRejoins() throws Exception {
        var a = start("a");
        var b = start("b");
        await().until(() -> a.sees(2));
        var epoch = b.self().epoch();

        b.mute();

        await().until(() -> a.snapshot()
                .named("b")
                .filter(member -> !member.heard() && member.epoch() != epoch)
                .isPresent());
    }

    @Test
    void aMemberThatLeavesHandsItsEntriesOver() throws Exception {
        var a = start("a");
        var b = start("b");
        var c = start("c");
        await().until(() -> a.sees(3));
        for (var i = 0; i < 100; i++) {
            set(map(b), "key" + i, "value" + i);
        }

        b.close();
        c.kill();

        await().until(() -> a.sees(1));
        for (var i = 0; i < 100; i++) {
            assertThat(get(map(a), "key" + i)).isEqualTo("value" + i);
        }
    }

    @Test
    void parallelUpdatesFromTwoNodesAreAllKept() throws Exception {
        var a = start("a");
        var b = start("b");

        var updates = new ArrayList<Future<Buffer>>();
        for (var i = 0; i < 20; i++) {
            updates.add(append(a, "a"));
            updates.add(append(b, "b"));
        }
        Future.all(updates).await(20, TimeUnit.SECONDS);

        assertThat(get(map(a), "letters")).hasSize(40).isEqualTo(get(map(b), "letters"));
        assertThat(get(map(a), "letters").replace("a", "")).hasSize(20);
    }

    @Test
    void idleEntriesGoAwayAndReadOnesStay() throws Exception {
        var a = start("a");
        var b = start("b");
        var idle = Duration.ofSeconds(2);
        set(a.cluster.map("idle", idle), "left", "x");
        set(a.cluster.map("idle", idle), "read", "x");

        await().pollInterval(Duration.ofMillis(200)).until(() -> {
            assertThat(get(b.cluster.map("idle", idle), "read")).isEqualTo("x");
            return hazelcast().getMap("idle").size() == 1;
        });
    }

    @Test
    void anAddressReachesItsNodeWithoutAnEntryInHazelcast() throws Exception {
        var a = start("a");
        var b = start("b");
        await().until(() -> a.sees(2) && b.sees(2));
        var address = "colonnade:" + b.snapshot().self() + ":lane:0";
        b.vertx
                .eventBus()
                .consumer(address, message -> message.reply("here"))
                .completion()
                .await(5, TimeUnit.SECONDS);

        var answer = a.vertx.eventBus().request(address, "anybody?").await(5, TimeUnit.SECONDS);

        assertThat(answer.body()).isEqualTo("here");
        assertThat(hazelcast().getMultiMap("__vertx.subs").keySet()).isEmpty();
    }

    @Test
    void anAddressOfWhoIsGoneFailsAtOnce() throws Exception {
        var a = start("a");
        var b = start("b");
        await().until(() -> a.sees(2) && b.sees(2));
        var address = "colonnade:" + b.snapshot().self() + ":lane:0";
        b.vertx
                .eventBus()
                .consumer(address, message -> message.reply("here"))
                .completion()
                .await(5, TimeUnit.SECONDS);
        a.vertx.eventBus().request(address, "anybody?").await(5, TimeUnit.SECONDS);

        b.kill();
        await().until(() -> a.sees(1));

        assertThatThrownBy(() -> a.vertx.eventBus().request(address, "anybody?").await(5, TimeUnit.SECONDS))
                .hasMessageContaining("No handlers for address");
    }

    @Test
    void anOrderIsCarriedOutByTheMemberItIsGivenTo() throws Exception {
        var a = start("a");
        var b = start("b");
        var given = new CopyOnWriteArrayList<Order>();
        b.cluster.onOrder(order -> {
            given.add(order);
            b.cluster.announce(State.DRAINING);
            b.cluster.announceWeight(order.weight());
            return Future.succeededFuture();
        });

        a.cluster.order("b", Order.toWeigh(7)).await(10, TimeUnit.SECONDS);

        await().until(() -> a.snapshot().named("b").orElseThrow().state() == State.DRAINING);
        await().until(() -> a.snapshot().named("b").orElseThrow().weight() == 7);
        b.cluster.order("b", Order.to(Order.Kind.UNDRAIN)).await(10, TimeUnit.SECONDS);
        assertThat(given).containsExactly(Order.toWeigh(7), Order.to(Order.Kind.UNDRAIN));
    }

    @Test
    void anOrderFailsWithItsReason() throws Exception {
        var a = start("a");
        var b = start("b");
        b.cluster.onOrder(order -> Future.failedFuture("the last one of its kind"));

        assertThatThrownBy(
                        () -> a.cluster.order("b", Order.to(Order.Kind.DRAIN)).await(10, TimeUnit.SECONDS))
                .hasMessageContaining("the last one of its kind");
        assertThatThrownBy(() ->
                        a.cluster.order("nobody", Order.to(Order.Kind.DRAIN)).await(10, TimeUnit.SECONDS))
                .hasMessageContaining("there is no member \"nobody\"");
        assertThatThrownBy(
                        () -> b.cluster.order("a", Order.to(Order.Kind.DRAIN)).await(10, TimeUnit.SECONDS))
                .hasMessageContaining("the node is starting");
    }

    private TestNode start(String name) throws Exception {
        var node = new TestNode(config, TestNode.self(name, "test", 0, Protocol.CURRENT));
        nodes.add(node);
        return node;
    }

    private static HazelcastInstance hazelcast() {
        return Hazelcast.getAllHazelcastInstances().iterator().next();
    }

    private static SharedMap map(TestNode node) {
        return node.cluster.map("test", Duration.ZERO);
    }

    private static void set(SharedMap map, String key, String value) throws Exception {
        map.update(key, before -> Buffer.buffer(value)).await(5, TimeUnit.SECONDS);
    }

    private static String get(SharedMap map, String key) throws Exception {
        return map.read(key).await(5, TimeUnit.SECONDS).toString();
    }

    private static Future<Buffer> append(TestNode node, String letter) {
        return map(node)
                .update(
                        "letters",
                        before -> before == null
                                ? Buffer.buffer(letter)
                                : before.copy().appendString(letter));
    }
}
