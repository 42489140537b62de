package io.colonnade.node;

import io.colonnade.app.Sites;
import io.colonnade.core.Clock;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers in the node's folder whose code is being started, so that the next start of the node knows at which of them the node
 * ended: of no memory, say. Such a site is held back until the others have had time to start, and is left out if the node ends at it
 * again, until its jar is another. A start of the machine forgets the marks: power that fails says nothing of a site. Any thread may call.
 */
final class StartMarks implements Sites.Starts, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StartMarks.class);
    private static final Duration HELD_BACK = Duration.ofSeconds(30);
    private static final int MOST = 2;
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Pattern MARK = Pattern.compile("(\\S+) (\\S+) (\\d+)\\R?");

    private final Path folder;
    private final Map<String, String> releases;
    private final String boot;
    private final Clock clock;
    private final long heldUntil;
    private final Map<String, Integer> endedBefore = new HashMap<>();
    private final Map<String, Boolean> underWay = new HashMap<>();

    /**
     * Reads the marks of the start before; blocks.
     *
     * @param folder of this node alone; created when it is needed
     * @param releases what identifies the content of a site's jar, by the site's name; other sites are not watched
     * @param boot what identifies this life of the machine
     */
    StartMarks(Path folder, Map<String, String> releases, String boot, Clock clock) {
        this.folder = folder;
        this.releases = Map.copyOf(releases);
        this.boot = boot;
        this.clock = clock;
        this.heldUntil = clock.nanos() + HELD_BACK.toNanos();
        releases.forEach((site, release) -> endedBefore.put(site, read(site, release)));
    }

    static String thisBoot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException unknown) {
            return "-";
        }
    }

    @Override
    public synchronized Optional<Throwable> refusal(String site) {
        var before = endedBefore.get(site);
        if (before == null || underWay.containsKey(site)) {
            return Optional.empty();
        }
        if (before >= MOST) {
            return Optional.of(new Failure(
                    Kind.SITE_UNAVAILABLE,
                    Progress.NOTHING,
                    "this node ended twice while it started this release of the site " + site + " (delete "
                            + folder.resolve(site) + " to have it tried at the next start)"));
        }
        if (before > 0 && heldUntil - clock.nanos() > 0) {
            return Optional.of(new HeldBack(site));
        }
        return Optional.empty();
    }

    @Override
    public synchronized void begun(String site) {
        var before = endedBefore.get(site);
        if (before != null && underWay.putIfAbsent(site, true) == null) {
            write(site, before + 1);
        }
    }

    @Override
    public synchronized void ended(String site) {
        if (underWay.replace(site, true, false)) {
            write(site, 0);
        }
    }

    /** An orderly stop in the middle of a start says nothing of the site. */
    @Override
    public synchronized void close() {
        underWay.forEach((site, starting) -> {
            if (starting) {
                write(site, endedBefore.getOrDefault(site, 0));
            }
        });
    }

    /** Why a site is not started yet. */
    private static final class HeldBack extends RuntimeException {
        HeldBack(String site) {
            super(
                    "this node ended while it started this release of the site " + site
                            + ", so it is started again when the others have started",
                    null,
                    false,
                    false);
        }
    }

    private int read(String site, String release) {
        var mark = folder.resolve(site);
        try {
            var found = Files.exists(mark) ? MARK.matcher(Files.readString(mark)) : MARK.matcher("");
            var counts = found.matches()
                    && found.group(1).equals(release)
                    && found.group(2).equals(boot);
            return counts ? Integer.parseInt(found.group(3)) : 0;
        } catch (IOException unreadable) {
            log.warn("{} cannot be read: {}", mark, unreadable.toString());
            return 0;
        }
    }

    private void write(String site, int ended) {
        var mark = folder.resolve(site);
        try {
            if (ended == 0) {
                Files.deleteIfExists(mark);
            } else {
                Files.createDirectories(folder);
                Files.writeString(mark, releases.get(site) + " " + boot + " " + ended + "\n");
            }
        } catch (IOException unwritable) {
            log.warn("{} cannot be written: {}", mark, unwritable.toString());
        }
    }
}
