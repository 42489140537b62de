package io.colonnade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.cluster.CombinedUpdates.Change;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class CombinedUpdatesTest {
    private final List<Integer> rounds = new ArrayList<>();
    private final List<Promise<Void>> ends = new ArrayList<>();
    private final CombinedUpdates updates = new CombinedUpdates(this::round);
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
        var first = updates.change("a", CombinedUpdatesTest::next);
        var second = updates.change("a", CombinedUpdatesTest::next);
        var third = updates.change("a", CombinedUpdatesTest::next);

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
        updates.change("a", CombinedUpdatesTest::next);
        ends.get(0).complete();

        updates.change("a", CombinedUpdatesTest::next);
        updates.change("b", CombinedUpdatesTest::next);

        assertThat(rounds).containsExactly(1, 1, 1);
    }

    @Test
    void aChangeThatThrowsFailsAloneAndChangesNothing() {
        updates.change("a", CombinedUpdatesTest::next);
        var broken = updates.change("a", before -> {
            throw new IllegalStateException("broken");
        });
        var after = updates.change("a", CombinedUpdatesTest::next);

        ends.get(0).complete();
        ends.get(1).complete();

        assertThat(broken.cause()).hasMessage("broken");
        assertThat(after.result()).hasToString("2");
    }

    @Test
    void aRoundThatFailsFailsItsChangesAndLetsTheNextOneRun() {
        var lost = updates.change("a", CombinedUpdatesTest::next);
        var kept = updates.change("a", CombinedUpdatesTest::next);

        ends.get(0).fail(new TimeoutException());
        ends.get(1).complete();

        assertThat(lost.cause()).isInstanceOf(TimeoutException.class);
        assertThat(kept.result()).hasToString("1");
    }
}
