package io.colonnade.config;

/** A text that is never shown, neither in errors nor in logs. */
public record Secret(String value) {
    public static final Secret NONE = new Secret("");

    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return isEmpty() ? "" : "***";
    }
}
