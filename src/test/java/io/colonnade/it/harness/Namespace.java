package io.colonnade.it.harness;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the machines of {@link Namespaces}.
 *
 * @param name of the network namespace
 * @param address at which the other machines and the test reach it
 * @param hub the namespace of the switch
 * @param port the switch's end of the machine's cable
 */
public record Namespace(String name, String address, String hub, String port) {
    /** Cuts the machine from the others, as a pulled cable does: nothing arrives, and no side gets an error. */
    public void cut() {
        Processes.run("ip", "-n", hub, "link", "set", port, "down");
    }

    /** Plugs the cable in again. */
    public void heal() {
        Processes.run("ip", "-n", hub, "link", "set", port, "up");
    }

    /** The command that runs the given command on this machine. The process that starts is that of the given command. */
    List<String> running(List<String> command) {
        var here = new ArrayList<>(List.of("ip", "netns", "exec", name));
        here.addAll(command);
        return here;
    }
}
