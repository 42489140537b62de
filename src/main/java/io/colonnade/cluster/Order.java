package io.colonnade.cluster;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * What a member can be asked to do by another.
 *
 * @param weight the new weight, for {@link Kind#WEIGH} only
 */
public record Order(Kind kind, int weight) {
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

    JsonObject toJson() {
        return new JsonObject().put("kind", kind.name()).put("weight", weight);
    }

    /**
     * The order that a member of this version or another has sent.
     *
     * @throws IllegalArgumentException if this version does not know it
     */
    static Order fromJson(String json) {
        try {
            var object = new JsonObject(json);
            return new Order(Kind.valueOf(object.getString("kind", "")), object.getInteger("weight", 0));
        } catch (IllegalArgumentException | DecodeException | ClassCastException unknown) {
            // Without the cause, whose class the member that gave the order may not be able to read.
            throw new IllegalArgumentException("the member's version does not know the order " + json);
        }
    }
}
