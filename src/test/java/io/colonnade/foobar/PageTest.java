package io.colonnade.foobar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PageTest {
    @Test
    void startsAtTheNewestWithTwentyMessages() {
        assertThat(Page.of(query())).isEqualTo(new Page(Long.MAX_VALUE, 20));
    }

    @Test
    void readsWhereToStartAndHowManyToShow() {
        assertThat(Page.of(query().add("before", "7").add("limit", "100"))).isEqualTo(new Page(7, 100));
    }

    @Test
    void refusesValuesOutOfRangeByTheirName() {
        for (var limit : new String[] {"0", "101", "-1", "x", ""}) {
            assertThatThrownBy(() -> Page.of(query().add("limit", limit)))
                    .isInstanceOf(Problem.class)
                    .hasMessage("limit is not a number from 1 to 100.");
        }
        assertThatThrownBy(() -> Page.of(query().add("before", "0"))).hasMessageStartingWith("before is not");
    }

    @Test
    void tellsWhereTheNextPageStartsOnlyIfThereIsOne() {
        var page = new Page(Long.MAX_VALUE, 2);

        var more = page.answer(messages(3));
        assertThat(more.getJsonArray("messages")).hasSize(2);
        assertThat(more.getLong("next")).isEqualTo(2);

        var last = page.answer(messages(2));
        assertThat(last.getJsonArray("messages")).hasSize(2);
        assertThat(last.containsKey("next")).isTrue();
        assertThat(last.getValue("next")).isNull();
    }

    /** Newest first, with ids from {@code count} down to 1. */
    private static List<Message> messages(int count) {
        return LongStream.range(0, count)
                .mapToObj(i -> new Message(count - i, "Ada", "ada", "text", Instant.EPOCH, null))
                .toList();
    }

    private static MultiMap query() {
        return MultiMap.caseInsensitiveMultiMap();
    }
}
