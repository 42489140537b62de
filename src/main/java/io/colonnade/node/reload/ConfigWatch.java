package io.colonnade.node.reload;

import io.colonnade.config.ConfigException;
import io.colonnade.core.Clock;
import io.colonnade.core.StatusSource;
import io.colonnade.node.settings.ConfigSource;
import io.colonnade.node.settings.NodeConfig;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration file twice a second and applies the changes that need no restart. The whole file is
 * applied, or nothing of it. The file is read each time, because its date does not show two changes within the precision of the date,
 * and because network file systems send no change notifications.
 *
 * <p>SIGHUP does not reload the file, because it tells a node that was started in a terminal that the terminal is gone.
 */
public final class ConfigWatch implements StatusSource {
    private static final Logger log = LoggerFactory.getLogger(ConfigWatch.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** Applies the changes, or refuses all of them with a {@link ConfigException}. Called on a worker thread, never twice at a time. */
    public interface Applying {
        void apply(ConfigChange change, NodeConfig wanted);
    }

    private final Vertx vertx;
    private final ConfigSource source;
    private final Clock clock;
    private final Applying applying;
    private final StableFile stable = new StableFile();
    private NodeConfig applied;
    private volatile ConfigState state;
    private volatile boolean closed;

    public ConfigWatch(Vertx vertx, ConfigSource source, Clock clock, Applying applying) {
        this.vertx = vertx;
        this.source = source;
        this.applied = source.started();
        this.clock = clock;
        this.applying = applying;
        this.state = new ConfigState(source.file(), List.of(), Set.of(), clock.now());
    }

    public void start() {
        vertx.setTimer(
                INTERVAL.toMillis(), due -> vertx.executeBlocking(this::look).onComplete(this::again));
    }

    public Future<Void> close() {
        closed = true;
        return Future.succeededFuture();
    }

    @Override
    public String name() {
        return state.name();
    }

    @Override
    public JsonObject status() {
        return state.status();
    }

    private void again(AsyncResult<Boolean> looked) {
        if (looked.failed()) {
            log.error("{} could not be applied", source.file(), looked.cause());
        }
        if (!closed) {
            start();
        }
    }

    private boolean look() {
        var settled = stable.settled(content());
        if (settled) {
            read();
        }
        return settled;
    }

    /** The content of the file, or the reason why the file cannot be read. */
    private String content() {
        try {
            return Files.readString(source.file());
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private void read() {
        try {
            take(source.reading().get());
        } catch (ConfigException refused) {
            state = state.refused(refused.problems(), clock.now());
        }
    }

    private void take(NodeConfig wanted) {
        var change = ConfigChange.between(applied, wanted);
        applying.apply(change, wanted);
        applied = wanted;
        var waiting = ConfigChange.between(source.started(), wanted).afterRestart();
        state = state.applied(change.atOnce(), new TreeSet<>(waiting), clock.now());
    }
}
