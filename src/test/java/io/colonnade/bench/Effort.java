package io.colonnade.bench;

/**
 * How much is measured.
 *
 * @param quick whether it is the smaller run: fewer requests, one configuration of each peer
 * @param rounds of all contenders in turn
 * @param seconds that one contender is measured for in a round
 * @param pacedRounds at a fixed rate
 * @param warmSeconds that a contender is warmed for at least, from its start
 * @param warmLimitSeconds and at most
 */
record Effort(boolean quick, int rounds, int seconds, int pacedRounds, int warmSeconds, int warmLimitSeconds) {
    static final Effort FULL = new Effort(false, 5, 2, 3, 10, 60);
    static final Effort QUICK = new Effort(true, 3, 1, 1, 6, 30);
}
