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
 * The connections that have not proved who they are yet. Each keeps one of Hazelcast's 16 threads for connections busy, so they
 * are few: one too many closes the oldest of the address that has the most. A node needs its place for milliseconds, so who loses it is who
 * keeps silent; and those who connect without end take places from one another.
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
