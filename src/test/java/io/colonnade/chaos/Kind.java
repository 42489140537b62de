package io.colonnade.chaos;

import java.util.Locale;

/** What can happen. */
enum Kind {
    /** SIGKILL to a node, which is started again. */
    KILL(true, "#c0392b"),
    /** SIGSTOP, and SIGCONT after the others have given the node up. */
    FREEZE(true, "#2471a3"),
    /** SIGSTOP, and SIGCONT before that: nobody may be given up. */
    PAUSE(true, "#85c1e9"),
    /** A machine's cable is pulled, and plugged in again. */
    CUT(true, "#7d3c98"),
    /** SIGTERM to a node, which is started again. */
    RESTART(true, "#229954"),
    /** SIGKILL to the database server. */
    DATABASE(false, "#d35400"),
    /** A machine's disk is full for a while. */
    DISK(false, "#7f8c8d");

    private final boolean ofNodes;
    private final String color;

    Kind(boolean ofNodes, String color) {
        this.ofNodes = ofNodes;
        this.color = color;
    }

    /** Whether it takes a node out, so that the cluster must be whole before and after. */
    boolean ofNodes() {
        return ofNodes;
    }

    String color() {
        return color;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
