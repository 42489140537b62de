package io.colonnade.cluster;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The connections whose other end has not proved yet that it has the secret. Each keeps one of Hazelcast's 16 threads for
 * connections busy, so only few are allowed: one too many closes the oldest connection of the address that has the most. A node
 * needs its place for milliseconds, so an end that stays silent loses its place first. Ends that connect without pause take
 * places from one another only.
 */
final class PendingHandshakes {
    static final int PLACES = 8;

    private final List<Socket> waiting = new ArrayList<>();

    synchronized void enter(Socket socket) throws IOException {
        waiting.add(socket);
        if (waiting.size() > PLACES) {
            leaves().close();
        }
    }

    synchronized void leave(Socket socket) {
        waiting.remove(socket);
    }

    private Socket leaves() {
        var most = waiting.stream().collect(groupingBy(Socket::getInetAddress, counting())).entrySet().stream()
                .max(Map.Entry.<InetAddress, Long>comparingByValue())
                .orElseThrow()
                .getKey();
        var oldest = waiting.stream()
                .filter(socket -> most.equals(socket.getInetAddress()))
                .findFirst()
                .orElseThrow();
        waiting.remove(oldest);
        return oldest;
    }
}
