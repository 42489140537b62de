package io.colonnade.it;

import static io.colonnade.it.Conversation.single;

import io.colonnade.testing.RawHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sites whose responses are not as HTTP has them, and sites that answer from other threads. Each response is whole, or it is refused, or it
 * is broken off: a response is never taken for a part of another one.
 */
final class OddResponses {
    private OddResponses() {}

    static List<Conversation> all() {
        var all = new ArrayList<Conversation>();
        Stream.of(0, 99, 100, 101, 102, 103, 199, 1000)
                .map(status -> odd("final status " + status, 500, "status=" + status + "&body=hello"))
                .forEach(all::add);
        Stream.of(204, 205, 304)
                .map(status -> odd("body after " + status, status, "status=" + status + "&body=hello"))
                .forEach(all::add);
        Stream.of("10", "2", "0", "-1", "abc", "%2B3", "3,3", "99999999999999999999")
                .map(length -> odd("3 bytes and the length " + length, 500, "body=abc&length=" + length))
                .forEach(all::add);
        Stream.of("gzip", "identity", "gzip,%20chunked")
                .map(encoding -> odd("encoding " + encoding, 500, "body=abc&encoding=" + encoding))
                .forEach(all::add);
        all.addAll(List.of(
                odd("two lengths", 500, "body=abc&length=3&length=3"),
                odd("a length and chunks", 500, "body=abc&length=3&encoding=chunked"),
                odd("chunks", 200, "body=abc&encoding=chunked"),
                odd("length that fits", 200, "body=abc&length=3"),
                odd("length of two parts that fits", 200, "body=abc&second=de&length=5"),
                odd("first part too long", 500, "body=abc&second=de&length=2"),
                odd("second part too long", 200, "body=abc&second=de&length=4"),
                odd("second part too short", 200, "body=abc&second=de&length=6"),
                odd("cookie that cannot be", 500, "body=abc&cookie=a%3bb"),
                odd("field without a name", 500, "body=abc&nameless=x"),
                single("trailer without a name", 200, request("/odd/trailer")),
                single("another thread", 200, request("/other-thread")),
                single("another thread, much", 200, request("/other-thread?chunks=20000")),
                single(
                        "worker that reads",
                        200,
                        RawHttp.request("PUT", "/echo-from-worker", "x-request-id: the-same", "content-length: 300000")
                                + "x".repeat(300_000)),
                single("worker", 200, request("/blocking"))));
        return all;
    }

    private static Conversation odd(String name, int status, String query) {
        return single(name, status, request("/odd?" + query));
    }

    private static String request(String target) {
        return RawHttp.request("GET", target, "x-request-id: the-same");
    }
}
