package io.colonnade.security;

import java.util.List;
import java.util.Optional;

/**
 * The secrets of a node: the one that it uses and, while the cluster's secret is being changed, another one that it accepts as
 * well.
 *
 * @param accepted one or two secrets; the first is the one used
 * @param personal whether it is the user's own because none was given: then nodes of another user are strangers, not intruders
 */
public record Secrets(List<ClusterSecret> accepted, boolean personal) {
    private static final int MOST = 2;

    public Secrets {
        accepted = List.copyOf(accepted);
        if (accepted.isEmpty() || accepted.size() > MOST) {
            throw new IllegalArgumentException(
                    "there are " + accepted.size() + " secrets; allowed is one, or two while it is being changed");
        }
    }

    /**
     * Reads one or two secrets, with white space between them.
     *
     * @throws IllegalArgumentException if there are none or more, or one is malformed; the message does not repeat it
     */
    public static Secrets parse(String text, boolean personal) {
        var words = text.strip().split("\\s+");
        return new Secrets(
                List.of(words).stream()
                        .filter(word -> !word.isEmpty())
                        .map(ClusterSecret::parse)
                        .toList(),
                personal);
    }

    /** The one that is used where one must be chosen. */
    public ClusterSecret current() {
        return accepted.get(0);
    }

    /** The accepted one with that {@link ClusterSecret#id}. */
    public Optional<ClusterSecret> accepted(long id) {
        return accepted.stream().filter(secret -> secret.id() == id).findFirst();
    }
}
