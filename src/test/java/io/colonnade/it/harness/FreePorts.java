package io.colonnade.it.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on loopback on which nothing listens at the moment. */
public final class FreePorts {
    /** The range lies below the ports that the system gives to outgoing connections. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;

    private FreePorts() {}

    /** The first of {@code count} free ports in a row. */
    public static int block(int count) {
        for (var attempt = 0; attempt < 100; attempt++) {
            var first = ThreadLocalRandom.current().nextInt(FIRST, LAST - count);
            if (allFree(first, count)) {
                return first;
            }
        }
        throw new IllegalStateException("no " + count + " free ports in a row between " + FIRST + " and " + LAST);
    }

    private static boolean allFree(int first, int count) {
        var held = new ArrayList<ServerSocket>();
        try {
            for (var port = first; port < first + count; port++) {
                held.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
            }
            return true;
        } catch (IOException taken) {
            return false;
        } finally {
            held.forEach(FreePorts::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
