package io.colonnade.core;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What would never end by itself, at one entrance of a lane: streams of events and upgraded connections. A draining node ends each at a
 * point of its own within the {@link DrainWindow}, and the client connects again, to another node.
 *
 * <p>Used on the lane's event loop only. Exchanges that end by themselves are not in it and cost nothing here.
 */
public final class LastingResponses {
    /** One that the node may end. */
    public interface Lasting {
        /** Ends it in a way that its client takes for a whole response, or for an orderly close. Called once. */
        void leave();
    }

    private static final String EVENT_STREAM = "text/event-stream";

    private final Map<Lasting, Departure> departures = new HashMap<>();

    /** Whether the fields of a response announce a stream of events without a length, which is whole at any point. */
    public static boolean isEventStream(MultiMap fields) {
        var type = fields.get(HttpHeaders.CONTENT_TYPE);
        return type != null && type.startsWith(EVENT_STREAM) && !fields.contains(HttpHeaders.CONTENT_LENGTH);
    }

    public void add(Lasting response) {
        departures.put(response, new Departure());
    }

    /** It has ended; without effect if it is not in here. */
    public void remove(Lasting response) {
        if (!departures.isEmpty()) {
            departures.remove(response);
        }
    }

    /**
     * Ends those whose point has come. To be called several times a second.
     *
     * @param window the node's present drain; null while it does not drain
     * @param now in {@link Clock#nanos()}
     */
    public void check(@Nullable DrainWindow window, long now) {
        if (window == null || departures.isEmpty()) {
            return;
        }
        for (var entry : List.copyOf(departures.entrySet())) {
            if (entry.getValue().isDue(window, now)) {
                departures.remove(entry.getKey());
                entry.getKey().leave();
            }
        }
    }
}
