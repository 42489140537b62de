package io.colonnade.it.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Cuts TCP connections between two running processes, as a network that forgets connections does. */
public final class NodeConnections {
    /**
     * Shuts down every socket that connects one process to another, except those of the given ports. The script duplicates each
     * descriptor (pidfd_getfd). Linux 5.6 and later allow that to a user who may trace the process.
     */
    private static final String CUT =
            """
            import ctypes, os, socket, sys
            one, other, *kept = sys.argv[1:]
            def sockets(pid):
                found = {}
                for fd in os.listdir(f'/proc/{pid}/fd'):
                    try:
                        link = os.readlink(f'/proc/{pid}/fd/{fd}')
                    except OSError:
                        continue
                    if link.startswith('socket:['):
                        found[link[8:-1]] = int(fd)
                return found
            def ports(pid):
                inodes = sockets(pid)
                found = {}
                for table in ('tcp', 'tcp6'):
                    for line in open(f'/proc/{pid}/net/{table}').readlines()[1:]:
                        field = line.split()
                        if field[3] == '01' and field[9] in inodes:
                            local, remote = (int(field[i].rsplit(':', 1)[1], 16) for i in (1, 2))
                            found[local, remote] = inodes[field[9]]
                return found
            mine, theirs = ports(one), ports(other)
            system = ctypes.CDLL(None, use_errno=True)
            process = system.syscall(434, int(one), 0)
            cut = 0
            for (local, remote), fd in mine.items():
                if (remote, local) in theirs and str(local) not in kept and str(remote) not in kept:
                    copy = system.syscall(438, process, fd, 0)
                    if copy < 0:
                        sys.exit(f'pidfd_getfd: {os.strerror(ctypes.get_errno())}')
                    socket.socket(fileno=copy).shutdown(socket.SHUT_RDWR)
                    cut += 1
            print(cut)
            """;

    private NodeConnections() {}

    /**
     * Cuts the connections of the event bus between two nodes, and leaves those of Hazelcast.
     *
     * @return how many connections were cut
     * @throws UnsupportedOperationException if this system does not allow it
     */
    public static int cut(Node one, Node other) throws IOException {
        var command =
                new ProcessBuilder("python3", "-c", CUT, pid(one), pid(other), clusterPort(one), clusterPort(other));
        try {
            var process = command.redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new UnsupportedOperationException(said);
            }
            return Integer.parseInt(said);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static String pid(Node node) {
        return Long.toString(node.pid());
    }

    private static String clusterPort(Node node) {
        var flags = node.launch().flags();
        return flags.get(flags.indexOf("--cluster-port") + 1);
    }
}
