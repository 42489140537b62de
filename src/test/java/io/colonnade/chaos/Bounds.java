package io.colonnade.chaos;

/**
 * Within how many milliseconds what must be noticed, beside what is promised of a machine with nothing else to do. The factor
 * is for machines that run other things; the measured times are in the report.
 */
final class Bounds {
    static final long DEATH_PROMISED = 500;
    static final long SILENCE_PROMISED = 3000;
    static final long WHOLE_PROMISED = 10_000;
    static final long FACTOR = 4;

    static final long DEATH = DEATH_PROMISED * FACTOR;
    static final long SILENCE = SILENCE_PROMISED * FACTOR;
    static final long WHOLE = WHOLE_PROMISED * FACTOR;

    private Bounds() {}
}
