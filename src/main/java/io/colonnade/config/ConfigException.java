package io.colonnade.config;

import java.util.List;

/** Everything that is wrong with the settings, at once. */
public final class ConfigException extends RuntimeException {
    private final List<String> problems;

    /**
     * Reports all problems.
     *
     * @param problems one sentence each: full path, value, what is allowed, and where it was written
     */
    public ConfigException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
