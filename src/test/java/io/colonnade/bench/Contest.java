package io.colonnade.bench;

import java.util.List;

/**
 * What is measured under load.
 *
 * @param entries Colonnade first
 * @param asks the requests; contenders are warmed with the first
 * @param connections numbers of kept connections; at the first the fixed rate is measured too
 * @param shared what works for all contenders
 */
record Contest(
        List<Entry> entries, List<Ask> asks, List<Integer> connections, List<Target> targets, List<Part> shared) {}
