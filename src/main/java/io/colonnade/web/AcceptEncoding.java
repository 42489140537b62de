package io.colonnade.web;

import io.colonnade.core.ListField;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The content codings that a client accepts, and how much it prefers each (RFC 9110, section 12.5.3).
 *
 * @param weights by coding, 0 to 1; {@code *} stands for all codings that are not named
 */
record AcceptEncoding(Map<String, Double> weights) {
    /** {@code x-gzip} is another name of {@code gzip} (section 8.4.1.3). */
    static AcceptEncoding of(MultiMap fields) {
        var weights = new HashMap<String, Double>();
        for (var element : ListField.elements(fields, HttpHeaders.ACCEPT_ENCODING)) {
            var coding = ListField.value(element).toLowerCase(Locale.ROOT);
            weights.put(coding.equals("x-gzip") ? "gzip" : coding, ListField.weight(element));
        }
        return new AcceptEncoding(weights);
    }

    /**
     * Chooses the compressed form with the highest weight if that is at least the weight of the plain form, and else the plain
     * form, even if the client refuses it.
     */
    Representation choose(Representation plain, List<Representation> compressed) {
        var best = plain;
        var bestWeight = weights.getOrDefault(Representation.IDENTITY, 0.0);
        for (var candidate : compressed) {
            var weight = of(candidate.encoding());
            if (weight > bestWeight || (weight > 0 && weight == bestWeight && !best.isEncoded())) {
                best = candidate;
                bestWeight = weight;
            }
        }
        return best;
    }

    private double of(String coding) {
        return weights.getOrDefault(coding, weights.getOrDefault("*", 0.0));
    }
}
