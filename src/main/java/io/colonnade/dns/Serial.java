package io.colonnade.dns;

import io.colonnade.cluster.Member;
import io.colonnade.cluster.NameServer;
import io.colonnade.cluster.Snapshot;
import io.colonnade.core.Clock;
import java.util.List;
import java.util.Objects;

/**
 * The serial of the zones, on which all members with the role dns agree without asking one another. Each member's beats tell which
 * content it has under which serial. A member whose content changes takes the serial that another member has given to the same
 * content, or else a new one: the time in seconds, but higher than all serials that it knows. If two members give different serials
 * to the same content at the same moment, both take the higher one. Therefore the serial never decreases on any member, and all
 * members have the same serial a moment after a change. Used by one thread at a time.
 */
final class Serial {
    private final Clock clock;
    private String content = "";
    private long serial;

    Serial(Clock clock) {
        this.clock = clock;
    }

    long agree(String newContent, Snapshot now) {
        var others = others(now);
        var theirs = others.stream()
                .filter(other -> other.content().equals(newContent))
                .mapToLong(NameServer::serial)
                .max()
                .orElse(0);
        if (theirs > serial) {
            serial = theirs;
        } else if (!newContent.equals(content)) {
            var highest = others.stream().mapToLong(NameServer::serial).max().orElse(0);
            serial = Math.max(Math.max(serial, highest) + 1, clock.now().getEpochSecond());
        }
        content = newContent;
        return serial;
    }

    private static List<NameServer> others(Snapshot now) {
        return now.members().stream()
                .filter(member -> !member.id().equals(now.self()))
                .map(Member::presence)
                .map(presence -> presence.nameServer())
                .filter(Objects::nonNull)
                .toList();
    }
}
