package io.colonnade.cluster;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The connections whose other end has not proved yet that it has the secret. Each keeps one of Hazelcast's 16 threads for
 * connections busy, so only few are allowed: one too many closes the oldest connection of the address that has the most, and first one
 * that has not greeted as a node of this cluster does. A node needs its place for milliseconds, so an end that stays silent loses its
 * place first. Ends that connect without pause take places from one another only, also where a node joins from their address.
 */
final class PendingHandshakes {
    static final int PLACES = 8;

    private final List<Socket> waiting = new ArrayList<>();
    private final Set<Socket> greeted = new HashSet<>();

    synchronized void enter(Socket socket) throws IOException {
        waiting.add(socket);
        if (waiting.size() > PLACES) {
            leaves().close();
        }
    }

    /** The other end has greeted as a node of this cluster does. */
    synchronized void greeted(Socket socket) {
        greeted.add(socket);
    }

    synchronized void leave(Socket socket) {
        waiting.remove(socket);
        greeted.remove(socket);
    }

    private Socket leaves() {
        var before = waiting.subList(0, waiting.size() - 1);
        var silent = before.stream().filter(socket -> !greeted.contains(socket)).toList();
        var candidates = silent.isEmpty() ? before : silent;
        var most = candidates.stream().collect(groupingBy(Socket::getInetAddress, counting())).entrySet().stream()
                .max(Map.Entry.<InetAddress, Long>comparingByValue())
                .orElseThrow()
                .getKey();
        var oldest = candidates.stream()
                .filter(socket -> most.equals(socket.getInetAddress()))
                .findFirst()
                .orElseThrow();
        waiting.remove(oldest);
        return oldest;
    }
}
