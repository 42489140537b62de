package io.colonnade.store.supervision;

import io.colonnade.store.server.Server;
import io.colonnade.store.server.ServerSource;
import io.colonnade.store.server.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server that a node with the role {@code db} runs, supervised in rounds on a thread of its own. */
public final class SupervisedServer implements ServerSource {
    private static final Logger log = LoggerFactory.getLogger(SupervisedServer.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration END_OF_ROUND = Duration.ofSeconds(5);

    private final String kind;
    private final Duration pace;
    private final Opening opening;
    private final Thread thread = new Thread(this::rounds, "colonnade-database");
    private final Promise<Void> admitted = Promise.promise();
    private volatile List<Server> servers = List.of();
    private volatile @Nullable Supervised supervision;
    private volatile String failure = "";

    /**
     * @param kind as the status shows it
     * @param pace the time between two rounds, which grows after failures
     * @param opening is called on the supervising thread, and again after a failure
     */
    public SupervisedServer(String kind, Duration pace, Opening opening) {
        this.kind = kind;
        this.pace = pace;
        this.opening = opening;
        thread.setDaemon(true);
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Future<Void> start() {
        thread.start();
        return admitted.future();
    }

    @Override
    public List<Server> servers() {
        return servers;
    }

    @Override
    public String problem() {
        var present = supervision;
        return present == null || !failure.isEmpty() ? failure : present.problem();
    }

    @Override
    public boolean isFull() {
        var present = supervision;
        return present != null && present.isFull();
    }

    private void rounds() {
        var pause = pace;
        try {
            while (true) {
                pause = round() ? pace : longer(pause);
                Thread.sleep(pause.toMillis());
            }
        } catch (StoreException refused) {
            failure = String.valueOf(refused.getMessage());
            if (!admitted.tryFail(refused)) {
                log.error("the {} database does not run: {}", kind, failure);
            }
        } catch (InterruptedException ended) {
            log.debug("the supervision of the database ends");
        }
    }

    private boolean round() throws InterruptedException {
        try {
            servers = opened().round();
            failure = "";
            return true;
        } catch (InterruptedException | StoreException ended) {
            throw ended;
        } catch (Exception failed) {
            failed(String.valueOf(failed.getMessage()));
            return false;
        }
    }

    /** Says why, once for all rounds that fail alike; the status goes on to say it. */
    private void failed(String why) {
        if (!why.equals(failure)) {
            log.error("the {} database does not run: {}", kind, why);
        }
        failure = why;
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private Supervised opened() throws Exception {
        var present = supervision;
        if (present == null) {
            present = opening.open(admitted::tryComplete);
            supervision = present;
        }
        return present;
    }

    @Override
    public void stop() {
        thread.interrupt();
        try {
            thread.join(END_OF_ROUND.toMillis());
            var present = supervision;
            if (present != null && !thread.isAlive()) {
                supervision = null;
                present.leave();
            }
        } catch (InterruptedException inAHurry) {
            Thread.currentThread().interrupt();
        } catch (IOException failed) {
            log.warn("the {} database was not left in order: {}", kind, failed.getMessage());
        }
    }
}
