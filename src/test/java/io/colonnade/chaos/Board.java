package io.colonnade.chaos;

/** The heads of requests to the bundled message board. */
final class Board {
    private static final String HOST = "Host: www.foobar.com\r\n";

    private Board() {}

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\n" + HOST;
    }

    /** @param fields further lines, each with its end */
    static String post(String path, String body, String fields) {
        return "POST " + path + " HTTP/1.1\r\n" + HOST + fields + "Content-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n";
    }
}
