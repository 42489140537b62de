package io.colonnade.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Which kind of event is next: all in turn, each round in an order of its own. */
final class Schedule {
    private final List<Kind> kinds;
    private final Random random;
    private final Deque<Kind> round = new ArrayDeque<>();

    /** Of the events of nodes, or of the others. */
    Schedule(boolean ofNodes, Random random) {
        this.kinds = Arrays.stream(Kind.values())
                .filter(kind -> kind.ofNodes() == ofNodes)
                .toList();
        this.random = random;
    }

    Kind next() {
        if (round.isEmpty()) {
            var shuffled = new ArrayList<>(kinds);
            Collections.shuffle(shuffled, random);
            round.addAll(shuffled);
        }
        return round.removeFirst();
    }
}
