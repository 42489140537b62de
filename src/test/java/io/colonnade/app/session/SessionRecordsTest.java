package io.colonnade.app.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.core.Failure;
import io.colonnade.testing.MapInMemory;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class SessionRecordsTest {
    private final MapInMemory map = new MapInMemory();
    private final LongAdder failures = new LongAdder();
    private final SessionRecords records = new SessionRecords("foobar", map, 1_800_000, failures);

    @Test
    void keepsWhatTwoParallelRequestsPutUnderDifferentKeys() {
        var id = stored("name", "Ada");
        var one = read(id);
        var two = read(id);
        one.put("colour", "red");
        two.put("size", 7).remove("name");
        done(records.save(one));
        done(records.save(two));
        assertThat(read(id).data()).containsOnly(Map.entry("colour", "red"), Map.entry("size", 7));
    }

    @Test
    void keepsWhatIsStoredBetweenTheReadAndTheWriteOfAnother() {
        var id = stored("name", "Ada");
        var one = read(id);
        var two = read(id);
        one.put("colour", "red");
        two.put("size", 7);
        map.overtake = () -> done(records.save(two));
        done(records.save(one));
        assertThat(read(id).data()).containsKeys("name", "colour", "size");
    }

    @Test
    void countsOneHundredParallelUpdates() throws Exception {
        var id = stored("n", 0);
        var together = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(10);
        for (int i = 0; i < 100; i++) {
            threads.execute(() -> {
                var session = read(id);
                await(together);
                done(records.update(session, "n", n -> (Integer) n + 1));
            });
        }
        together.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(read(id).<Integer>get("n")).isEqualTo(100);
    }

    @Test
    void updatesASessionThatNobodyHasStored() {
        var session = records.fresh();
        assertThat(done(records.update(session, "n", n -> n == null ? 1 : 2))).isEqualTo(1);
        assertThat(read(session.id()).<Integer>get("n")).isEqualTo(1);
        assertThat(session.<Integer>get("n")).isEqualTo(1);
    }

    @Test
    void updateSeesWhatTheRequestHasPut() {
        var session = read(stored("n", 1));
        session.put("n", 5);
        assertThat(done(records.update(session, "n", n -> (Integer) n + 1))).isEqualTo(6);
    }

    @Test
    void aFunctionThatThrowsFailsItsUpdateOnly() {
        var session = read(stored("n", 1));
        assertThatThrownBy(() -> done(records.update(session, "n", n -> Instant.now())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.time.Instant");
        assertThat(failures.sum()).isZero();
        assertThat(read(session.id()).<Integer>get("n")).isEqualTo(1);
    }

    @Test
    void doesNotBringBackASessionThatWasDestroyedMeanwhile() {
        var id = stored("name", "Ada");
        var late = read(id);
        var last = read(id);
        last.destroy();
        done(records.save(last));
        late.put("colour", "red");
        done(records.save(late));
        assertThat(map.entries).isEmpty();
        assertThatThrownBy(() -> done(records.update(late, "n", n -> 1)))
                .hasMessageContaining("ended by another request");
    }

    @Test
    void aRenewedIdHasAllValuesAndTheOldOneNone() {
        var id = stored("name", "Ada");
        var session = read(id);
        session.put("user", "ada").regenerateId();
        done(records.save(session));
        assertThat(session.id()).isNotEqualTo(id);
        assertThat(read(session.id()).data()).containsOnlyKeys("name", "user");
        assertThat(done(records.read(id))).isNull();
    }

    @Test
    void whatAParallelRequestOfTheOldIdStoresLivesOnUnderTheNewOne() {
        var id = stored("name", "Ada");
        var before = read(id);
        var after = read(id);
        var renewing = read(id);
        before.put("before", true).remove("name");
        done(records.save(before));
        renewing.put("user", "ada").regenerateId();
        done(records.save(renewing));
        after.put("after", true);
        done(records.save(after));
        assertThat(read(renewing.id()).data()).containsOnlyKeys("before", "user", "after");
    }

    @Test
    void nothingOfADestroyedSessionIsLeftInTheOneThatFollows() {
        var id = stored("name", "Ada");
        var session = read(id);
        session.destroy();
        session.put("colour", "red");
        done(records.save(session));
        assertThat(read(session.id()).data()).containsOnlyKeys("colour");
        assertThat(map.entries).containsOnlyKeys("foobar/" + session.id());
    }

    @Test
    void keepsTheChangesForTheNextTryWhenTheMapIsSilent() {
        var session = read(stored("name", "Ada"));
        session.put("colour", "red");
        map.silent = true;
        assertThatThrownBy(() -> done(records.save(session)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.SITE_UNAVAILABLE))
                .hasMessageContaining("sessions of site foobar");
        assertThat(failures.sum()).isEqualTo(1);
        map.silent = false;
        done(records.save(session));
        assertThat(read(session.id()).data()).containsOnlyKeys("name", "colour");
    }

    @Test
    void refusesWhatIsNotJsonLike() {
        var session = records.fresh();
        assertThatThrownBy(() -> session.put("when", Instant.EPOCH)).hasMessageContaining("java.time.Instant");
        assertThatThrownBy(() -> session.put("deep", new JsonObject().put("list", new JsonArray().add(new byte[1]))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session.put("nan", Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThat(session.unsaved()).isFalse();
        session.put(
                "fine",
                new JsonObject().put("list", new JsonArray().add(1).add("a").addNull()));
        assertThat(session.unsaved()).isTrue();
    }

    @Test
    void idsHave192RandomBits() {
        assertThat(records.fresh().id())
                .hasSize(48)
                .isNotEqualTo(records.fresh().id());
    }

    private String stored(String key, Object value) {
        var session = records.fresh();
        session.put(key, value);
        done(records.save(session));
        return session.id();
    }

    private SharedSession read(String id) {
        return done(records.read(id));
    }

    private static <T> T done(Future<T> future) {
        if (future.failed() && future.cause() instanceof RuntimeException failure) {
            throw failure;
        }
        assertThat(future.succeeded()).isTrue();
        return future.result();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
