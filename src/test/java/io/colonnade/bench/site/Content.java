package io.colonnade.bench.site;

/** What every contender answers. */
public final class Content {
    /** 43 bytes. */
    public static final String HELLO = "Hello from a page that is made on each call";

    /** 2 KB of JSON. */
    public static final String JSON = json(2_048);

    /** 64 KB of JSON. */
    public static final String LARGE = json(65_536);

    private Content() {}

    private static String json(int size) {
        var text = new StringBuilder(size).append("{\"items\":[\"");
        var end = "\"]}";
        for (var i = 0; text.length() < size - end.length(); i++) {
            text.append((char) ('a' + i % 26));
        }
        return text.append(end).toString();
    }
}
