package io.colonnade.routing;

import static io.colonnade.routing.Members.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.config.SiteConfig.Policy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectorTest {
    private static final List<Endpoint> THREE =
            List.of(endpoint(member(1), 0), endpoint(member(2), 0), endpoint(member(3), 0));

    @Test
    void roundRobinSelectsEachInTurn() {
        assertThat(select(Policy.ROUND_ROBIN, THREE, 0, 7)).isEqualTo("1231231");
    }

    @Test
    void selectsInRangeAndEvenlyWhenTheCounterWraps() {
        var selector = Selectors.of(Policy.ROUND_ROBIN, THREE, new TurnCounter(Integer.MAX_VALUE - 150));
        assertThat(shares(selector, 300).values()).containsExactly(100L, 100L, 100L);
    }

    @Test
    void manyShortTurnsOfNodesThatStartAnywhereStillGiveEvenShares() {
        var selectors = IntStream.of(17, -4, 1_000_000)
                .mapToObj(start -> Selectors.of(Policy.ROUND_ROBIN, THREE, new TurnCounter(start)))
                .toList();
        var shares = IntStream.range(0, 300)
                .mapToObj(i -> selected(selectors.get(i * 7 % 11 % 3)))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(shares.values()).hasSize(3).allMatch(share -> share >= 98 && share <= 102);
    }

    @Test
    void leastConnectionsCountsWhatOthersHaveInFlight() {
        var endpoints = List.of(endpoint(member(1), 2), endpoint(member(2), 1));
        assertThat(select(Policy.LEAST_CONNECTIONS, endpoints, 0, 3)).isEqualTo("222");
    }

    @Test
    void leastConnectionsComparesTheOneInTurnWithAnyOther() {
        var endpoints = List.of(endpoint(member(1), 2), endpoint(member(2), 1), endpoint(member(3), 3));
        var shares = shares(Selectors.of(Policy.LEAST_CONNECTIONS, endpoints, new TurnCounter(0)), 3000);
        assertThat(shares).containsOnlyKeys("1", "2");
        assertThat(shares.get("2")).as("of six pairs four have it").isBetween(1900L, 2100L);
    }

    @Test
    void leastConnectionsCountsItsOwn() {
        var endpoints = List.of(endpoint(member(1), 0), endpoint(member(2), 0));
        endpoints.get(0).selected().incrementAndGet();
        assertThat(select(Policy.LEAST_CONNECTIONS, endpoints, 0, 2)).isEqualTo("22");
    }

    @Test
    void leastConnectionsBreaksTiesInTurn() {
        assertThat(select(Policy.LEAST_CONNECTIONS, THREE, 0, 6)).isEqualTo("123123");
    }

    @Test
    void weightedMixesEvenly() {
        var endpoints = List.of(endpoint(member(1).weight(5), 0), endpoint(member(2), 0), endpoint(member(3), 0));
        assertThat(select(Policy.WEIGHTED, endpoints, 0, 14)).isEqualTo("11213111121311");
    }

    @Test
    void weightZeroIsNeverSelected() {
        var endpoints = List.of(endpoint(member(1).weight(0), 0), endpoint(member(2), 0));
        assertThat(select(Policy.WEIGHTED, endpoints, 0, 3)).isEqualTo("222");
        assertThat(Selectors.of(Policy.WEIGHTED, endpoints.subList(0, 1), new TurnCounter(0))
                        .select())
                .isNull();
    }

    @Test
    void hugeWeightsKeepTheirProportion() {
        var endpoints = List.of(
                endpoint(member(1).weight(2_000_000_000), 0), endpoint(member(2).weight(1_000_000_000), 0));
        var shares = shares(Selectors.of(Policy.WEIGHTED, endpoints, new TurnCounter(0)), 999);
        assertThat(shares.get("1")).isBetween(660L, 672L);
    }

    @Test
    void localFirstSelectsThisNode() {
        assertThat(select(Policy.LOCAL_FIRST, THREE, 0, 3)).isEqualTo("111");
    }

    @Test
    void localFirstSelectsTheOthersInTurnWithoutThisNode() {
        assertThat(select(Policy.LOCAL_FIRST, THREE.subList(1, 3), 0, 4)).isEqualTo("2323");
    }

    @Test
    void nobodyIsSelectedFromNobody() {
        for (var policy : Policy.values()) {
            assertThat(Selectors.of(policy, List.of(), new TurnCounter(0)).select())
                    .isNull();
        }
    }

    private static Endpoint endpoint(Members member, int elsewhere) {
        return new Endpoint(member.build(), member.number() == 1, new AtomicInteger(), elsewhere);
    }

    private static String select(Policy policy, List<Endpoint> endpoints, int start, int times) {
        var selector = Selectors.of(policy, endpoints, new TurnCounter(start));
        return IntStream.range(0, times).mapToObj(i -> selected(selector)).collect(Collectors.joining());
    }

    private static Map<String, Long> shares(Selector selector, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> selected(selector))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static String selected(Selector selector) {
        return Objects.requireNonNull(selector.select()).member().name().substring("node-".length());
    }
}
