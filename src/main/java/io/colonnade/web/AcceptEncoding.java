package io.colonnade.web;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content codings that a client accepts, and how much it prefers each (RFC 9110, section 12.5.3).
 *
 * @param weights by coding, 0 to 1; {@code *} stands for all codings that are not named
 */
record AcceptEncoding(Map<String, Double> weights) {
    static AcceptEncoding parse(@Nullable String field) {
        var weights = new HashMap<String, Double>();
        for (var element :
                field == null ? new String[0] : field.toLowerCase(Locale.ROOT).split(",", -1)) {
            var parts = element.split(";", -1);
            weights.put(parts[0].strip(), parts.length > 1 ? weight(parts[1].strip()) : 1.0);
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

    private static double weight(String parameter) {
        try {
            return parameter.startsWith("q=")
                    ? Double.parseDouble(parameter.substring(2).strip())
                    : 1.0;
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }
}
