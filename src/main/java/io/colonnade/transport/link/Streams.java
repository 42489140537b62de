package io.colonnade.transport.link;

import io.colonnade.transport.frame.StreamId;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The streams of a link, by the end that opened them and their number. */
public final class Streams {
    private final IntObjectMap<Stream> opened = new IntObjectHashMap<>();
    private final IntObjectMap<Stream> accepted = new IntObjectHashMap<>();
    private final Gauge count;

    Streams(Gauge count) {
        this.count = count;
    }

    void add(Stream stream) {
        side(stream.id()).put(stream.id().number(), stream);
        count.add(1);
    }

    /** Puts the stream in the place of the one that had its id. */
    void replace(Stream stream) {
        side(stream.id()).put(stream.id().number(), stream);
    }

    void remove(Stream stream) {
        if (side(stream.id()).remove(stream.id().number()) != null) {
            count.add(-1);
        }
    }

    @Nullable
    Stream get(StreamId id) {
        return side(id).get(id.number());
    }

    boolean isEmpty() {
        return opened.isEmpty() && accepted.isEmpty();
    }

    /** Visits the streams that are open now. The visitor may end them, and open others. */
    void forEach(Consumer<Stream> visitor) {
        if (isEmpty()) {
            return;
        }
        var all = new ArrayList<>(opened.values());
        all.addAll(accepted.values());
        all.forEach(visitor);
    }

    private IntObjectMap<Stream> side(StreamId id) {
        return id.mine() ? opened : accepted;
    }
}
