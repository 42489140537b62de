package io.colonnade.config;

import java.util.LinkedHashSet;
import java.util.List;

/** Collects what is wrong, so that all of it is reported at once. */
final class Problems {
    private final LinkedHashSet<String> sentences = new LinkedHashSet<>();

    void add(String sentence, String origin) {
        add(sentence + " (" + origin + ")");
    }

    void add(String sentence) {
        sentences.add(sentence);
    }

    /** Adds the problem that a value is not allowed for its key. */
    void reject(String path, Value value, String allowed) {
        add(path + " is " + value.shown() + "; " + allowed, value.origin());
    }

    void throwIfAny() {
        if (!sentences.isEmpty()) {
            throw new ConfigException(List.copyOf(sentences));
        }
    }
}
