package io.colonnade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.cluster.Together.Change;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class TogetherTest {
    private final List<Integer> rounds = new ArrayList<>();
    private final List<Promise<Void>> ends = new ArrayList<>();
    private final Together together = new Together(this::round);
    private Buffer stored = Buffer.buffer("0");

    /** Applies twice, as if another node had come between. */
    private Future<?> round(String key, List<Change> changes) {
        rounds.add(changes.size());
        var end = Promise.<Void>promise();
        ends.add(end);
        return end.future().onSuccess(v -> {
            var value = stored;
            for (var attempt = 0; attempt < 2; attempt++) {
                value = stored;
                for (var change : changes) {
                    value = change.applyTo(value);
                }
            }
            stored = value;
            changes.forEach(Change::made);
        });
    }

    private static Buffer next(Buffer before) {
        return Buffer.buffer(String.valueOf(Integer.parseInt(before.toString()) + 1));
    }

    @Test
    void whatComesWhileARoundRunsIsMadeInTheNextAndEachGetsItsOwnValue() {
        var first = together.change("a", TogetherTest::next);
        var second = together.change("a", TogetherTest::next);
        var third = together.change("a", TogetherTest::next);

        ends.get(0).complete();
        ends.get(1).complete();

        assertThat(rounds).containsExactly(1, 2);
        assertThat(List.of(first, second, third))
                .extracting(each -> each.result().toString())
                .containsExactly("1", "2", "3");
        assertThat(stored).hasToString("3");
    }

    @Test
    void anEntryIsFreeAgainAfterItsLastRound() {
        together.change("a", TogetherTest::next);
        ends.get(0).complete();

        together.change("a", TogetherTest::next);
        together.change("b", TogetherTest::next);

        assertThat(rounds).containsExactly(1, 1, 1);
    }

    @Test
    void aChangeThatThrowsFailsAloneAndChangesNothing() {
        together.change("a", TogetherTest::next);
        var broken = together.change("a", before -> {
            throw new IllegalStateException("broken");
        });
        var after = together.change("a", TogetherTest::next);

        ends.get(0).complete();
        ends.get(1).complete();

        assertThat(broken.cause()).hasMessage("broken");
        assertThat(after.result()).hasToString("2");
    }

    @Test
    void aRoundThatFailsFailsItsChangesAndLetsTheNextOneRun() {
        var lost = together.change("a", TogetherTest::next);
        var kept = together.change("a", TogetherTest::next);

        ends.get(0).fail(new TimeoutException());
        ends.get(1).complete();

        assertThat(lost.cause()).isInstanceOf(TimeoutException.class);
        assertThat(kept.result()).hasToString("1");
    }
}
