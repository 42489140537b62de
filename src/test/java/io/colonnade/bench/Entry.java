package io.colonnade.bench;

import java.util.List;

/** A contender in one or several variants, of which the cheapest counts. */
record Entry(String name, List<Contender> variants) {
    /** A contender with one configuration. */
    static Entry of(Contender only) {
        return new Entry(only.name(), List.of(only));
    }
}
