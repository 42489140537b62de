package io.colonnade.core;

/**
 * The versions of what nodes say to one another: frames, beats, orders. A cluster is upgraded node by node, so nodes one version
 * apart work together: either speaks to the other as the older of the two does.
 */
public final class Protocol {
    /** What this software speaks, 1 to 255. A change that a node of the version before would not understand raises it. */
    public static final int CURRENT = 3;

    private static final int MOST_APART = 1;

    private Protocol() {}

    /** Whether nodes of these versions may be members of one cluster. */
    public static boolean workTogether(int one, int other) {
        return Math.abs(one - other) <= MOST_APART;
    }

    /** The version that nodes of these versions speak with each other. */
    public static int between(int one, int other) {
        return Math.min(one, other);
    }

    /** Whether a node of the one version understands what is said in the other. */
    public static boolean understands(int own, int said) {
        return said <= own && workTogether(own, said);
    }
}
