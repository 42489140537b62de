package io.colonnade.bench;

import java.io.IOException;

/** One question that the benchmark answers. */
interface Case {
    String name();

    /** What is compared, in one sentence. */
    String about();

    /** Roughly how long it takes. */
    int seconds(Effort effort);

    Chapter run(BenchGround ground) throws IOException, BenchException;
}
