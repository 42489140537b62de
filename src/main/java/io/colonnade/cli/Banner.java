package io.colonnade.cli;

import io.colonnade.core.Role;
import io.colonnade.node.Colonnade.Started;
import io.colonnade.node.Version;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a start prints. */
final class Banner {
    private Banner() {}

    /** @param took the time since the start of the process */
    static String of(Started started, Duration took) {
        var lines = new StringBuilder("Colonnade " + Version.current() + "\n\n");
        line(lines, "node", started.name() + " (" + roles(started) + ")");
        line(lines, "cluster", started.cluster() + ", " + members(started.members()));
        started.sites().forEach(url -> line(lines, "site", url));
        line(lines, "admin", started.admin());
        if (!started.dns().isEmpty()) {
            line(lines, "dns", started.dns());
        }
        line(lines, "database", started.database());
        return lines + String.format(Locale.ROOT, "%nready in %.1f s", took.toMillis() / 1000.0);
    }

    private static void line(StringBuilder lines, String label, String value) {
        lines.append(String.format(Locale.ROOT, "  %-10s%s%n", label, value));
    }

    private static String roles(Started started) {
        return started.roles().stream().sorted().map(Role::label).collect(Collectors.joining(", "));
    }

    private static String members(int count) {
        return count == 1 ? "1 member" : count + " members";
    }
}
