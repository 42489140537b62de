package io.colonnade.bench;

import java.util.Locale;

/**
 * What a ratio, Colonnade's figure to a peer's within a round, must reach.
 *
 * @param ask the label of the request
 */
record Target(Metric metric, String ask, int connections, String peer, double bound) {
    enum Metric {
        CPU("CPU per request", true),
        P99("p99 at the fixed rate", true),
        RATE("requests/s", false);

        private final String text;
        private final boolean atMost;

        Metric(String text, boolean atMost) {
            this.text = text;
            this.atMost = atMost;
        }

        boolean isMet(double ratio, double bound) {
            return atMost ? ratio <= bound : ratio >= bound;
        }
    }

    String what() {
        return metric.text + ", " + ask + ", " + connections + " connections, Colonnade : " + peer;
    }

    String boundText() {
        return (metric.atMost ? "at most " : "at least ") + String.format(Locale.ROOT, "%.2f", bound);
    }

    boolean isMet(double ratio) {
        return metric.isMet(ratio, bound);
    }
}
