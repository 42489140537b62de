package io.colonnade.chaos;

/** The heads of requests to the site of the integration tests. */
final class ChaosGround {
    private static final String HOST = "Host: ground\r\n";

    private ChaosGround() {}

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\n" + HOST;
    }

    static String post(String path) {
        return "POST " + path + " HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\n";
    }
}
