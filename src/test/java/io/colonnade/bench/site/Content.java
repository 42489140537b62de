package io.colonnade.bench.site;

/** What every contender answers. */
public final class Content {
    /** 43 bytes. */
    public static final String HELLO = "Hello from a page that is made on each call";

    /** 2 KB of JSON. */
    public static final String JSON = json(2_048);

    /** 64 KB of JSON. */
    public static final String LARGE = json(65_536);

    /** The statements, each with one parameter. */
    public static final String ROW = "SELECT id, name, price FROM items WHERE id = ?";

    public static final String ROWS = "SELECT id, name, price FROM items WHERE id > ? ORDER BY id LIMIT 20";
    public static final String INSERT = "INSERT INTO visits (name) VALUES (?)";

    /** What is asked for. */
    public static final int KEY = 17;

    /** The tables, with a thousand rows. */
    public static final String MIGRATION =
            """
            CREATE TABLE items (id INT PRIMARY KEY, name VARCHAR(64) NOT NULL, price BIGINT NOT NULL);
            INSERT INTO items SELECT seq, CONCAT('item ', seq), seq * 100 FROM seq_1_to_1000;
            CREATE TABLE visits (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(64) NOT NULL);
            """;

    private Content() {}

    /** A row as JSON. */
    public static String item(int id, String name, long price) {
        return "{\"id\":" + id + ",\"name\":\"" + name + "\",\"price\":" + price + "}";
    }

    private static String json(int size) {
        var text = new StringBuilder(size).append("{\"items\":[\"");
        var end = "\"]}";
        for (var i = 0; text.length() < size - end.length(); i++) {
            text.append((char) ('a' + i % 26));
        }
        return text.append(end).toString();
    }
}
