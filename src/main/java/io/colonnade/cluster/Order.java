package io.colonnade.cluster;

import java.io.Serializable;

/**
 * What a member can be asked to do by another.
 *
 * @param weight the new weight, for {@link Kind#WEIGH} only
 */
public record Order(Kind kind, int weight) implements Serializable {
    /** What is to be done. */
    public enum Kind {
        /** To leave the selection and go on running. */
        DRAIN,
        /** To be selected again. */
        UNDRAIN,
        /** To drain and then end, as after SIGTERM. */
        STOP,
        /** To take another weight until the node is started again. */
        WEIGH
    }

    /** @throws IllegalArgumentException if the weight is less than 0 or more than 1000 */
    public Order {
        if (weight < 0 || weight > 1000) {
            throw new IllegalArgumentException("the weight is " + weight + "; allowed is 0 to 1000");
        }
    }

    /** An order that is fully said by its kind. */
    public static Order to(Kind kind) {
        return new Order(kind, 0);
    }

    public static Order toWeigh(int weight) {
        return new Order(Kind.WEIGH, weight);
    }
}
