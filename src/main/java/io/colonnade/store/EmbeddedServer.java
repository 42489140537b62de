package io.colonnade.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded server as a node with the role {@code db} sees to it, in rounds on a thread of its own. */
final class EmbeddedServer implements ServerSource {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final Duration PACE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration END_OF_ROUND = Duration.ofSeconds(5);

    private final Callable<Supervision> opening;
    private final Thread thread = new Thread(this::rounds, "colonnade-database");
    private final Promise<Void> admitted = Promise.promise();
    private volatile Optional<Server> server = Optional.empty();
    private volatile @Nullable Supervision supervision;

    /** @param opening opens the data directory; called on the own thread, and again after it failed */
    EmbeddedServer(Callable<Supervision> opening) {
        this.opening = opening;
        thread.setDaemon(true);
    }

    @Override
    public String kind() {
        return "embedded";
    }

    @Override
    public Future<Void> start() {
        thread.start();
        return admitted.future();
    }

    @Override
    public List<Server> servers() {
        return server.stream().toList();
    }

    private void rounds() {
        var pause = PACE;
        try {
            while (true) {
                pause = round() ? PACE : longer(pause);
                Thread.sleep(pause.toMillis());
            }
        } catch (InterruptedException ended) {
            log.debug("the supervision of the database ends");
        }
    }

    private boolean round() throws InterruptedException {
        try {
            server = opened().round();
            admitted.tryComplete();
            return true;
        } catch (InterruptedException ended) {
            throw ended;
        } catch (Exception failed) {
            if (!(failed instanceof StoreException && admitted.tryFail(failed))) {
                log.error("the embedded database does not run: {}", failed.getMessage());
            }
            return false;
        }
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private Supervision opened() throws Exception {
        var present = supervision;
        if (present == null) {
            present = opening.call();
            supervision = present;
        }
        return present;
    }

    @Override
    public void stop() {
        end(Supervision::leave);
    }

    @Override
    public void halt() {
        end(Supervision::abandon);
    }

    private void end(Ending ending) {
        thread.interrupt();
        try {
            thread.join(END_OF_ROUND.toMillis());
            var present = supervision;
            if (present != null && !thread.isAlive()) {
                supervision = null;
                ending.end(present);
            }
        } catch (InterruptedException inAHurry) {
            Thread.currentThread().interrupt();
        } catch (IOException failed) {
            log.warn("the embedded database was not left in order: {}", failed.getMessage());
        }
    }

    private interface Ending {
        void end(Supervision supervision) throws IOException, InterruptedException;
    }
}
