package io.colonnade.config;

import static java.util.Map.entry;

import io.colonnade.core.Address;
import io.colonnade.core.PortRange;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads texts as the types that records may use. Rejects with {@link IllegalArgumentException}, whose message says what is allowed. */
final class Scalars {
    private static final Pattern SIZE = Pattern.compile("(\\d+) ?(B|KiB|MiB|GiB)?");
    private static final Map<String, Long> BYTES = Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    private static final Pattern DURATION = Pattern.compile("(\\d+) ?(ms|s|m|h)");
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L);

    private static final Map<Class<?>, Function<String, Object>> PARSERS = Map.ofEntries(
            entry(String.class, text -> text),
            entry(Secret.class, Secret::new),
            entry(int.class, Scalars::integer),
            entry(long.class, Scalars::size),
            entry(boolean.class, Scalars::bool),
            entry(Duration.class, Scalars::duration),
            entry(Port.class, Port::parse),
            entry(PortRange.class, PortRange::parse),
            entry(Address.class, Scalars::address));

    private Scalars() {}

    static boolean knows(Class<?> type) {
        return type.isEnum() || PARSERS.containsKey(type);
    }

    static Object parse(Class<?> type, String text) {
        var parser = PARSERS.get(type);
        return parser == null ? constant(type, text) : parser.apply(text);
    }

    private static Object integer(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("allowed is a whole number", notANumber);
        }
    }

    private static Object size(String text) {
        return product(SIZE.matcher(text), BYTES, "allowed is a size such as 512, \"64 KiB\" or \"10 MiB\"");
    }

    private static Object duration(String text) {
        var allowed = "allowed is a duration such as 500ms, 30s, 2m or 1h";
        return Duration.ofMillis(product(DURATION.matcher(text), MILLIS, allowed));
    }

    private static long product(Matcher matcher, Map<String, Long> units, String allowed) {
        if (!matcher.matches()) {
            throw new IllegalArgumentException(allowed);
        }
        try {
            var unit = matcher.group(2);
            return Math.multiplyExact(
                    Long.parseLong(matcher.group(1)), unit == null ? 1L : units.getOrDefault(unit, 1L));
        } catch (NumberFormatException | ArithmeticException tooLarge) {
            throw new IllegalArgumentException(allowed, tooLarge);
        }
    }

    private static Object bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("allowed is true or false");
        }
        return text.equals("true");
    }

    /** An address without a port has the port 0; the feature that uses it knows what that stands for. */
    private static Object address(String text) {
        try {
            return Address.parse(text, 0);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(malformed.getMessage() + "; allowed is HOST or HOST:PORT", malformed);
        }
    }

    private static Object constant(Class<?> type, String text) {
        var constants =
                Arrays.stream(type.getEnumConstants()).map(Enum.class::cast).toList();
        return constants.stream()
                .filter(constant -> Keys.dashed(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "allowed is " + constants.stream().map(Keys::dashed).collect(Collectors.joining(", "))));
    }
}
