package io.colonnade.cluster;

import static java.util.stream.Collectors.toMap;

import io.colonnade.core.NodeId;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Logs one line for everything that happens to a member. */
final class MemberLog implements Consumer<Snapshot> {
    private static final Logger log = ClusterLog.LOGGER;

    private Map<NodeId, Member> before = Map.of();

    @Override
    public void accept(Snapshot now) {
        var members = now.members().stream().collect(toMap(Member::id, member -> member));
        before.values().stream()
                .filter(member -> !members.containsKey(member.id()))
                .forEach(member -> log.info("{} has left; {} members", member.name(), members.size()));
        now.members().forEach(member -> changed(before.get(member.id()), member, members.size()));
        before = members;
    }

    private static void changed(@Nullable Member before, Member now, int size) {
        if (before == null) {
            log.info("{} has joined; {} members", now.name(), size);
        } else if (!before.sameLifeAs(now)) {
            log.info("{} has rejoined; {} members", now.name(), size);
        } else if (before.heard() && !now.heard()) {
            log.warn("{} has fallen silent", now.name());
        } else if (before.answers() && !now.answers()) {
            log.warn(
                    "{} does not answer: its lanes have not taken their turns for a second, or it has no room for connections",
                    now.name());
        } else if (!before.answers() && now.answers()) {
            log.info("{} answers again", now.name());
        } else if (before.state() != now.state()) {
            log.info("{} is {}", now.name(), now.state().label());
        } else if (!before.heard() && now.heard()) {
            log.info("{} is heard", now.name());
        }
    }
}
