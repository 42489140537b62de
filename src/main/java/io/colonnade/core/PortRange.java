package io.colonnade.core;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The ports of which a node takes free ones to listen on, for a firewall that lets only these through.
 *
 * @param first 1 to 65535; 0 if the system chooses the ports
 * @param last at least {@code first}
 */
public record PortRange(int first, int last) {
    /** Whatever ports the system chooses. */
    public static final PortRange ANY = new PortRange(0, 0);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})-(\\d{1,5})");
    private static final String ALLOWED = "allowed is a range of ports from 1 to 65535 such as 7000-7031, or nothing";

    public PortRange {
        var any = first == 0 && last == 0;
        if (!any && (first < 1 || last < first || last > 65535)) {
            throw new IllegalArgumentException(ALLOWED);
        }
    }

    /** Reads what {@link #toString} writes. */
    public static PortRange parse(String text) {
        if (text.isEmpty()) {
            return ANY;
        }
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(ALLOWED);
        }
        var range = new PortRange(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        if (range.isAny()) {
            throw new IllegalArgumentException(ALLOWED);
        }
        return range;
    }

    public boolean isAny() {
        return last == 0;
    }

    public boolean has(int port) {
        return isAny() || (port >= first && port <= last);
    }

    /** All ports of the range, in turn, beginning with that of the number, whatever it is. */
    public IntStream from(int number) {
        var size = last - first + 1;
        return IntStream.range(0, size).map(i -> first + Math.floorMod(number + i, size));
    }

    /**
     * Different ports that are free at the moment, from the middle of the range on.
     *
     * @param host an address of this machine
     * @throws IOException if there are not so many
     */
    public List<Integer> free(String host, int count) throws IOException {
        if (isAny()) {
            return chosen(host, count);
        }
        var free = from((last - first + 1) / 2)
                .filter(port -> isFree(new Address(host, port)))
                .limit(count)
                .boxed()
                .toList();
        if (free.size() < count) {
            throw new IOException("the range " + this + " has no free port left at " + host);
        }
        return free;
    }

    private static List<Integer> chosen(String host, int count) throws IOException {
        var held = new ArrayList<ServerSocket>();
        try {
            for (var i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getByName(host)));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (var socket : held) {
                socket.close();
            }
        }
    }

    /** Whether this process can listen there. */
    public static boolean isFree(Address address) {
        try {
            BindTrial.tcp(address, false);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    @Override
    public String toString() {
        return isAny() ? "" : first + "-" + last;
    }
}
