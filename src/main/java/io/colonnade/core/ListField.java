package io.colonnade.core;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields whose value is a list (RFC 9110 section 5.6.1), such as {@code Connection} or {@code Accept-Encoding}. The lines of such a field
 * are one list. A comma within a quoted string does not separate, and empty elements do not count.
 */
public final class ListField {
    private static final String WEIGHT = "q";

    /** How a quote ends: a backslash escapes in a quoted string (section 5.6.4), but not in an entity tag (section 8.8.3). */
    private enum Quotes {
        STRING,
        ENTITY_TAG
    }

    private ListField() {}

    /** Whether an element of the list, without its parameters, is this; case does not count. Costs a look-up if there is no such field. */
    public static boolean has(MultiMap fields, CharSequence field, CharSequence element) {
        if (!fields.contains(field)) {
            return false;
        }
        var lines = fields.getAll(field);
        for (var i = 0; i < lines.size(); i++) {
            if (names(lines.get(i), element)) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(String line, CharSequence element) {
        if (AsciiString.contentEqualsIgnoreCase(line, element)) {
            return true;
        }
        return line.length() > element.length()
                && elements(line).stream().anyMatch(it -> AsciiString.contentEqualsIgnoreCase(value(it), element));
    }

    /** The elements of all lines, in order, each with its parameters and without the blanks around it. */
    public static List<String> elements(MultiMap fields, CharSequence field) {
        return split(fields, field, Quotes.STRING);
    }

    /** The elements of one line; of a list whose lines were put together already. */
    public static List<String> elements(String line) {
        var elements = new ArrayList<String>();
        split(line, ',', Quotes.STRING, elements);
        return elements;
    }

    /** The entity tags of a field such as {@code If-None-Match}, with their quotes, or {@code *}. */
    public static List<String> entityTags(MultiMap fields, CharSequence field) {
        return split(fields, field, Quotes.ENTITY_TAG);
    }

    /** An element without its parameters. */
    public static String value(String element) {
        var end = end(element, 0, ';', Quotes.STRING);
        return end == element.length() ? element : element.substring(0, end).strip();
    }

    /** What a parameter of an element says, without quotes; null if it is not there. The first of several counts. */
    public static @Nullable String parameter(String element, String name) {
        var parts = new ArrayList<String>();
        split(element, ';', Quotes.STRING, parts);
        for (var part : parts.subList(Math.min(1, parts.size()), parts.size())) {
            var is = part.indexOf('=');
            if (is > 0 && part.substring(0, is).strip().equalsIgnoreCase(name)) {
                return unquoted(part.substring(is + 1).strip());
            }
        }
        return null;
    }

    /** The weight of an element (section 12.4.2), 0 to 1: 1 if it says none, and 0 if it says no such number. */
    public static double weight(String element) {
        var weight = parameter(element, WEIGHT);
        return weight == null ? 1 : isWeight(weight) ? Double.parseDouble(weight) : 0;
    }

    /** {@code 0.123}, {@code 1.000} and shorter ones. */
    private static boolean isWeight(String text) {
        if (text.isEmpty() || text.length() > 5 || (text.length() > 1 && text.charAt(1) != '.')) {
            return false;
        }
        var first = text.charAt(0);
        for (var i = 2; i < text.length(); i++) {
            var digit = text.charAt(i);
            if (digit < '0' || digit > '9' || (first == '1' && digit != '0')) {
                return false;
            }
        }
        return first == '0' || first == '1';
    }

    /** What stands between two quotes, as it is there; a text that is not in quotes stays. */
    public static String withoutQuotes(String text) {
        return isQuoted(text) ? text.substring(1, text.length() - 1) : text;
    }

    private static boolean isQuoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    }

    private static String unquoted(String text) {
        if (!isQuoted(text)) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        for (var i = 1; i < text.length() - 1; i++) {
            i += text.charAt(i) == '\\' && i < text.length() - 2 ? 1 : 0;
            plain.append(text.charAt(i));
        }
        return plain.toString();
    }

    private static List<String> split(MultiMap fields, CharSequence field, Quotes quotes) {
        var elements = new ArrayList<String>();
        if (!fields.contains(field)) {
            return elements;
        }
        for (var line : fields.getAll(field)) {
            split(line, ',', quotes, elements);
        }
        return elements;
    }

    private static void split(String text, char separator, Quotes quotes, List<String> parts) {
        for (var start = 0; start < text.length(); ) {
            var end = end(text, start, separator, quotes);
            var part = text.substring(start, end).strip();
            if (!part.isEmpty()) {
                parts.add(part);
            }
            start = end + 1;
        }
    }

    /** Where the separator is, or the end of the text. A quote that nothing closes reaches to the end. */
    private static int end(String text, int start, char separator, Quotes quotes) {
        var quoted = false;
        for (var i = start; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted) {
                i += c == '\\' && quotes == Quotes.STRING ? 1 : 0;
            } else if (c == separator) {
                return i;
            }
        }
        return text.length();
    }
}
