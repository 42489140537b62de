package io.colonnade.config;

/**
 * A port to listen on, written {@code 9080} for this one and no other, or {@code 9080+} for the first free one from there.
 *
 * @param number 0 to 65535; 0 stands for any free port
 * @param orNext whether the next free port will do when this one is taken
 */
public record Port(int number, boolean orNext) {
    public Port {
        if (number < 0 || number > 65535) {
            throw new IllegalArgumentException("allowed is 0 to 65535");
        }
    }

    /** This port and no other; 0 for any free one. */
    public static Port exactly(int number) {
        return new Port(number, false);
    }

    /** The first free port from this one on. */
    public static Port from(int number) {
        return new Port(number, true);
    }

    static Port parse(String text) {
        var orNext = text.endsWith("+");
        var digits = orNext ? text.substring(0, text.length() - 1) : text;
        if (!digits.matches("\\d{1,5}")) {
            throw new IllegalArgumentException(
                    "allowed is a port such as 9080, or 9080+ for the first free one from there");
        }
        return new Port(Integer.parseInt(digits), orNext);
    }

    /** The port after this one, to be tried when this one is taken. */
    public Port next() {
        return new Port(number + 1, orNext);
    }

    @Override
    public String toString() {
        return number + (orNext ? "+" : "");
    }
}
