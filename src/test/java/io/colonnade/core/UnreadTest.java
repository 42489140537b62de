package io.colonnade.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnreadTest {
    private final Unread.Budget budget = new Unread.Budget(1_000_000, 2_000_000);

    @Test
    void takesNoMoreThanOneMayLeaveUnread() {
        var client = new Unread(budget);
        assertThat(client.add(3_000_000)).as("the first write, however large").isTrue();
        assertThat(client.add(1)).isFalse();
        client.taken(3_000_000);
        assertThat(client.add(1)).isTrue();
        assertThat(budget.bytes()).isEqualTo(1);
    }

    @Test
    void givesEachALittleWhenAllTogetherHaveTooMuch() {
        var first = new Unread(budget);
        var second = new Unread(budget);
        assertThat(first.add(999_999)).isTrue();
        assertThat(first.add(1_000_001)).isTrue();
        assertThat(second.add(65_536)).isTrue();
        assertThat(second.add(1)).isFalse();
        first.taken(2_000_000);
        assertThat(second.add(1)).isTrue();
    }
}
