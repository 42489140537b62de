package io.colonnade.it.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Machines for a test: network namespaces of Linux. The machines reach each other over a switch; the test reaches each over a
 * separate line. So a machine that is cut from the others still answers the test. Needs root and {@code ip} (iproute2).
 *
 * <p>{@link #close} removes the machines; close the nodes on them before.
 */
public final class Namespaces implements AutoCloseable {
    /** As many as fit into a /28 beside the address of the test. */
    private static final int MOST = 13;

    private final String id = UUID.randomUUID().toString().substring(0, 6);
    private final String hub = "colonnade-" + id + "-hub";
    private final List<Namespace> machines = new ArrayList<>();
    private final Thread atExit = new Thread(this::remove);

    /** @param count how many machines */
    public Namespaces(int count) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("count is " + count + "; allowed is 1 to " + MOST);
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new IllegalStateException("tests with several machines make network namespaces; run them as root");
        }
        Runtime.getRuntime().addShutdownHook(atExit);
        build(count);
    }

    /** The machines. */
    public List<Namespace> all() {
        return List.copyOf(machines);
    }

    public Namespace get(int index) {
        return machines.get(index);
    }

    /** The addresses of all machines, as {@code --join} takes them. */
    public String addresses() {
        return String.join(",", machines.stream().map(Namespace::address).toList());
    }

    /** One of 8192 blocks of the network that is set aside for tests of devices (RFC 2544). */
    private void build(int count) {
        var block = ThreadLocalRandom.current().nextInt(1 << 13) << 4;
        var script = new ArrayList<String>();
        script.add("ip netns add " + hub);
        script.add("ip -n " + hub + " link add switch type bridge");
        script.add("ip -n " + hub + " link set switch up");
        for (var i = 1; i <= count; i++) {
            var machine = new Namespace("colonnade-" + id + "-" + i, address(block + i), hub, "port" + i);
            machines.add(machine);
            script.addAll(plugged(machine));
            script.addAll(reached(machine, "col-" + id + "-" + i, address(block + MOST + 1)));
        }
        run(script);
    }

    private static List<String> plugged(Namespace machine) {
        return List.of(
                "ip netns add " + machine.name(),
                "ip link add eth0 netns " + machine.name() + " type veth peer name " + machine.port() + " netns "
                        + machine.hub(),
                "ip -n " + machine.name() + " addr add " + machine.address() + "/28 dev eth0",
                "ip -n " + machine.name() + " link set lo up",
                "ip -n " + machine.name() + " link set eth0 up",
                "ip -n " + machine.hub() + " link set " + machine.port() + " master switch up");
    }

    /** The line of the test leads to the same address as the switch does. */
    private static List<String> reached(Namespace machine, String line, String test) {
        return List.of(
                "ip link add " + line + " type veth peer name test netns " + machine.name(),
                "ip addr add " + test + "/32 dev " + line,
                "ip link set " + line + " up",
                "ip -n " + machine.name() + " link set test up",
                "ip -n " + machine.name() + " route add " + test + " dev test",
                "ip route add " + machine.address() + " dev " + line + " src " + test);
    }

    private static String address(int offset) {
        return "198." + (18 + (offset >> 16)) + "." + (offset >> 8 & 0xff) + "." + (offset & 0xff);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        remove();
    }

    /** A line disappears with the machine at its end. */
    private void remove() {
        var script = new ArrayList<String>();
        machines.forEach(machine -> script.add("ip netns del " + machine.name()));
        script.add("ip netns del " + hub);
        run(script);
    }

    private static void run(List<String> script) {
        Processes.run("sh", "-ec", String.join("\n", script));
    }
}
