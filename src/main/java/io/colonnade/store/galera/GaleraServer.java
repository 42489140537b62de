package io.colonnade.store.galera;

import io.colonnade.core.Address;
import io.colonnade.core.PortRange;
import io.colonnade.store.mariadb.ChildProcess;
import io.colonnade.store.mariadb.FileTree;
import io.colonnade.store.mariadb.Installation;
import io.colonnade.store.mariadb.ServerProcess;
import io.colonnade.store.mariadb.ServerUser;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.Server;
import io.colonnade.store.server.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Starts a node's Galera server. The traffic between members is encrypted, and a member must have a certificate of the
 * cluster. The complete copy that a new member gets ({@code rsync}) is neither encrypted nor authenticated.
 *
 * @param user the user of the operating system that it runs as; empty for the node's own
 */
record GaleraServer(
        MemberDirectory directory,
        SystemPackages packages,
        String user,
        long bufferPool,
        PortRange ports,
        Database.Keys keys,
        Database.Account account) {
    private static final String ROOT = "root";

    /**
     * A member that is silent for 2 s is excluded; the default is 5 s. Messages that are lost while the members agree on a new view are
     * sent again after 0.3 s, instead of the default of 1 s, because nothing is written meanwhile.
     */
    private static final String TIMES = "evs.keepalive_period=PT0.5S;evs.inactive_check_period=PT0.25S;"
            + "evs.suspect_timeout=PT2S;evs.inactive_timeout=PT4S;evs.join_retrans_period=PT0.3S";

    /** Galera's own recovery after the loss of all members would decide beside {@link Decision}. */
    private static final String NO_RECOVERY = "pc.recovery=FALSE";

    static GaleraServer of(MemberDirectory directory, Database.Galera database, long bufferPool) throws IOException {
        var packages = SystemPackages.find();
        var user = ServerUser.of(directory.files().root());
        if (user.equals(ROOT)) {
            throw new StoreException("a Galera server cannot run as root, and no other user can reach "
                    + directory.files().root()
                    + "; run the node as another user, or choose another directory with --data");
        }
        return new GaleraServer(
                directory,
                packages,
                user,
                bufferPool,
                database.ports(),
                database.keys(),
                database.accounts().get(0));
    }

    /** The position of the data. After a crash this runs the server for a moment. */
    GaleraState position() throws IOException, InterruptedException {
        var state = directory.state();
        return state.isKnown() ? state : state.recovered(recovery());
    }

    private String recovery() throws IOException, InterruptedException {
        var command = installation().command(server(new Address("127.0.0.1", 0)));
        command.addAll(memberOptions(""));
        command.add("--wsrep-recover");
        var process = ChildProcess.of(command)
                .directory(directory.files().root().toFile())
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(
                        "the position of the data in " + directory.files().data() + " is not found: "
                                + printed.strip().substring(printed.strip().lastIndexOf('\n') + 1));
            }
            return printed;
        } finally {
            process.destroyForcibly(); // if the node stops meanwhile
        }
    }

    /** Starts the server as the first member of a cluster, with the data in the directory or with none. */
    ServerProcess begin(Address address, Address group, GaleraState state) throws IOException, InterruptedException {
        if (state.hasData()) {
            GaleraState.markSafe(directory.stateFile());
        } else {
            // The remains of a start that never reached a cluster.
            FileTree.delete(directory.files().data());
        }
        installation().install(server(address));
        return start(address, group, state, List.of(), List.of("--wsrep-new-cluster"));
    }

    /** Starts the server as a further member; a server without data gets a complete copy from another member. */
    ServerProcess join(Address address, Address group, GaleraState state, List<Address> others)
            throws IOException, InterruptedException {
        if (state.hasData()) {
            installation().install(server(address));
        } else if (!Files.isDirectory(directory.files().data())) {
            Files.createDirectory(directory.files().data());
            ServerUser.own(user, directory.files().data());
        }
        return start(address, group, state, others, List.of());
    }

    private ServerProcess start(
            Address address, Address group, GaleraState state, List<Address> others, List<String> more)
            throws IOException, InterruptedException {
        directory.write(keys, user);
        var command = installation().command(server(address));
        command.addAll(options(address, group, others));
        command.addAll(more);
        if (state.hasData() && state.isKnown()) {
            command.add("--wsrep-start-position=" + state);
        }
        var process = ServerProcess.start(command, directory.files());
        process.awaitRunning();
        return process;
    }

    private List<String> options(Address address, Address group, List<Address> others) throws IOException {
        var transfers = transfers(address, group);
        var addresses = others.stream().map(Address::toString).collect(Collectors.joining(","));
        var options = new ArrayList<>(memberOptions(addresses));
        options.addAll(List.of(
                "--wsrep-node-address=" + group,
                "--wsrep-node-incoming-address=" + address,
                "--wsrep-sst-receive-address=" + transfers.get(0)));
        options.add("--wsrep-provider-options="
                + String.join(
                        ";",
                        "gmcast.listen_addr=tcp://" + group,
                        "ist.recv_addr=" + transfers.get(1),
                        "socket.ssl_cert=" + directory.certificate(),
                        "socket.ssl_key=" + directory.key(),
                        "socket.ssl_ca=" + directory.authorities(),
                        NO_RECOVERY,
                        TIMES));
        return options;
    }

    /** Ports at which the server receives what it missed: two that are free, and not its own two. */
    private List<Address> transfers(Address address, Address group) throws IOException {
        return ports.free(address.host(), 4).stream()
                .map(port -> new Address(address.host(), port))
                .filter(free -> !free.equals(address) && !free.equals(group))
                .toList();
    }

    /** The options that make a server a member, without which it does not even print its position. */
    private List<String> memberOptions(String others) {
        return List.of(
                "--wsrep-on=ON",
                "--wsrep-provider=" + packages.provider(),
                "--wsrep-cluster-name=colonnade",
                "--wsrep-cluster-address=gcomm://" + others,
                "--wsrep-sst-method=rsync",
                "--binlog-format=ROW",
                "--innodb-autoinc-lock-mode=2");
    }

    private Installation installation() {
        return new Installation(directory.files(), packages.binaries(), user, bufferPool);
    }

    private Server server(Address address) {
        return new Server("", address, account.user(), account.password());
    }
}
