package io.colonnade.bench;

import java.util.List;

/** Something that uses CPU time and memory for a contender. */
interface Part {
    String name();

    /** Every process of it at this moment. */
    List<Long> pids();
}
