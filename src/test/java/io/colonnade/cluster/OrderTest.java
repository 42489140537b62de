package io.colonnade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {
    @ParameterizedTest
    @EnumSource(Order.Kind.class)
    void arrivesAsItWasGiven(Order.Kind kind) {
        var order = new Order(kind, 7);
        assertThat(Order.fromJson(order.toJson().encode())).isEqualTo(order);
    }

    @Test
    void isReadWithWhatAnotherVersionAddsOrLeavesOut() {
        assertThat(Order.fromJson("{\"kind\": \"DRAIN\", \"until\": \"tomorrow\"}"))
                .isEqualTo(Order.to(Order.Kind.DRAIN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\": \"DANCE\"}",
                "{}",
                "drain",
                "{\"kind\": \"WEIGH\", \"weight\": 1001}",
                "{\"kind\": 1}",
                "{\"kind\": \"WEIGH\", \"weight\": \"much\"}"
            })
    void whatThisVersionDoesNotKnowIsRefusedInWords(String json) {
        assertThatThrownBy(() -> Order.fromJson(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not know the order " + json);
    }
}
