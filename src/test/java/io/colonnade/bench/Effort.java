package io.colonnade.bench;

/**
 * How much is measured.
 *
 * @param quick whether it is the smaller run: fewer requests, one configuration of each peer
 * @param rounds of all contenders in turn
 * @param seconds that one contender is measured for in a round
 * @param pacedRounds at a fixed rate
 * @param windowSeconds in which a contender that is warmed is looked at
 * @param warmSeconds that a contender is warmed for at least
 * @param warmLimitSeconds and at most
 */
record Effort(
        boolean quick,
        int rounds,
        int seconds,
        int pacedRounds,
        int windowSeconds,
        int warmSeconds,
        int warmLimitSeconds) {
    static final Effort FULL = new Effort(false, 5, 3, 3, 2, 6, 60);
    static final Effort QUICK = new Effort(true, 3, 1, 1, 1, 4, 30);
}
