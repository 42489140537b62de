package io.colonnade.store.mariadb;

import java.util.List;

/** Programs that the node starts. They inherit neither the cluster's secret nor a password. */
public final class ChildProcess {
    private static final String OURS = "COLONNADE_";

    private ChildProcess() {}

    /** Like {@link ProcessBuilder#ProcessBuilder(List)}, without the environment variables that are for the node alone. */
    public static ProcessBuilder of(List<String> command) {
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith(OURS));
        return builder;
    }
}
