package io.colonnade.store.galera;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The state of a member's data, as in its file {@code grastate.dat}.
 *
 * @param cluster the UUID of the cluster that the data belongs to; empty if there is no such data
 * @param seqno the number of the last transaction; {@link #UNKNOWN} while the server runs, and after a crash
 * @param safe whether the member left last, so that no other member has more
 */
public record GaleraState(String cluster, long seqno, boolean safe) {
    static final long UNKNOWN = -1;
    static final GaleraState NONE = new GaleraState("", UNKNOWN, false);

    private static final String NO_CLUSTER = "00000000-0000-0000-0000-000000000000";
    private static final Pattern CLUSTER = Pattern.compile("(?m)^uuid:\\s*(\\S+)");
    private static final Pattern SEQNO = Pattern.compile("(?m)^seqno:\\s*(-?\\d+)");
    private static final Pattern SAFE = Pattern.compile("(?m)^(safe_to_bootstrap:\\s*)([01])");
    private static final Pattern RECOVERED = Pattern.compile("WSREP: Recovered position: ([0-9a-f-]{36}):(-?\\d+)");

    /** The state in the file; {@link #NONE} if there is no file, or if its content is no state. */
    static GaleraState read(Path file) throws IOException {
        return Files.exists(file) ? parse(Files.readString(file)) : NONE;
    }

    static GaleraState parse(String text) {
        var cluster = CLUSTER.matcher(text);
        var seqno = SEQNO.matcher(text);
        var safe = SAFE.matcher(text);
        return cluster.find() && seqno.find()
                ? of(
                        cluster.group(1),
                        seqno.group(1),
                        safe.find() && safe.group(2).equals("1"))
                : NONE;
    }

    private static GaleraState of(String cluster, String seqno, boolean safe) {
        return cluster.equals(NO_CLUSTER) ? NONE : new GaleraState(cluster, Long.parseLong(seqno), safe);
    }

    /** The state with the position that the server prints for {@code --wsrep-recover}. */
    GaleraState recovered(String printed) {
        var found = RECOVERED.matcher(printed);
        return found.find() && found.group(1).equals(cluster) ? of(cluster, found.group(2), safe) : this;
    }

    /** Marks the data so that the server may begin a cluster with it. */
    static void markSafe(Path file) throws IOException {
        Files.writeString(file, SAFE.matcher(Files.readString(file)).replaceFirst("$11"));
    }

    public boolean hasData() {
        return !cluster.isEmpty();
    }

    boolean isKnown() {
        return !hasData() || seqno != UNKNOWN;
    }

    @Override
    public String toString() {
        return cluster + ":" + seqno;
    }
}
