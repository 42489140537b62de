package io.colonnade.dns;

import io.colonnade.cluster.Member;
import io.colonnade.cluster.Snapshot;
import io.colonnade.cluster.State;
import io.colonnade.core.Clock;
import io.colonnade.core.Role;
import io.colonnade.dns.Alive.Server;
import io.colonnade.dns.Alive.Target;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Derives from the membership which balancers and name servers answers may name. Used by one thread at a time. */
final class Health {
    private static final Logger log = LoggerFactory.getLogger(Health.class);
    private static final Duration PANIC_TTL = Duration.ofSeconds(5);

    /** How long a balancer that died counts as down; after that it is not expected back. */
    private static final Duration MISSED = Duration.ofHours(1);

    private final Duration ttl;
    private final Clock clock;

    /** The balancers that were ready at the last change, by name. */
    private Map<String, Member> before = Map.of();

    private final Map<String, Long> lostAt = new HashMap<>();
    private Alive last = Alive.NOBODY;

    /** Whether any balancer has been ready: before that, none being ready is no reason for a warning. */
    private boolean wasReady;

    private boolean warned;

    Health(Duration ttl, Clock clock) {
        this.ttl = ttl;
        this.clock = clock;
    }

    Alive of(Snapshot now) {
        miss(now);
        var ready = targets(balancers(now).filter(Member::isFit));
        var panic = ready.isEmpty() && !last.balancers().isEmpty();
        wasReady |= !ready.isEmpty();
        say(panic && wasReady && !isEnding(now));
        last = new Alive(
                ready.isEmpty() ? lastOr(now) : ready, nameServers(now), panic ? shorter(PANIC_TTL) : ttl(now), panic);
        return last;
    }

    private List<Target> lastOr(Snapshot now) {
        return last.balancers().isEmpty() ? targets(balancers(now)) : last.balancers();
    }

    private Duration ttl(Snapshot now) {
        var down = !lostAt.isEmpty()
                || balancers(now).anyMatch(member -> member.state() == State.READY && !member.isFit());
        return down ? Duration.ofSeconds(Math.max(1, ttl.toSeconds() / 2)) : ttl;
    }

    private Duration shorter(Duration other) {
        return ttl.compareTo(other) < 0 ? ttl : other;
    }

    /** A balancer that was ready and is gone without draining has died. */
    private void miss(Snapshot now) {
        var present = new TreeMap<String, Member>();
        balancers(now).forEach(member -> present.put(member.name(), member));
        before.keySet().stream()
                .filter(name -> !present.containsKey(name))
                .forEach(name -> lostAt.put(name, clock.nanos()));
        lostAt.keySet().removeIf(present::containsKey);
        lostAt.values().removeIf(since -> clock.nanos() - since > MISSED.toNanos());
        present.values().removeIf(member -> member.state() != State.READY);
        before = present;
    }

    /** Where this node drains, the cluster may be meant to end; the members that go on say so themselves. */
    private static boolean isEnding(Snapshot now) {
        return now.member(now.self())
                .filter(self -> self.state() == State.DRAINING)
                .isPresent();
    }

    private void say(boolean panic) {
        if (panic && !warned) {
            log.warn(
                    "no balancer is ready; answers have the last known addresses, with a TTL of {} s",
                    shorter(PANIC_TTL).toSeconds());
        } else if (!panic && warned) {
            log.info("balancers are ready again");
        }
        warned = panic;
    }

    private static Stream<Member> balancers(Snapshot now) {
        return members(
                now,
                member -> member.roles().contains(Role.BALANCER)
                        && !member.presence().addresses().isEmpty());
    }

    /** If no name server is ready, the last known ones are kept, as a zone without name servers is broken. */
    private List<Server> nameServers(Snapshot now) {
        var all = members(now, member -> member.presence().nameServer() != null).toList();
        var ready = servers(all.stream().filter(Member::isFit));
        if (!ready.isEmpty()) {
            return ready;
        }
        return last.nameServers().isEmpty() ? servers(all.stream()) : last.nameServers();
    }

    private static List<Server> servers(Stream<Member> members) {
        return members.map(member -> new Server(member.name(), member.presence().addresses()))
                .toList();
    }

    /** An address that several members share, such as that of their machine, is one target with the sum of their weights. */
    private static List<Target> targets(Stream<Member> members) {
        var weights = new TreeMap<String, Integer>();
        members.forEach(member -> member.presence()
                .addresses()
                .forEach(address -> weights.merge(address, member.weight(), Integer::sum)));
        var all = weights.entrySet().stream()
                .map(entry -> new Target(entry.getKey(), entry.getValue()))
                .toList();
        var weighty = all.stream().filter(target -> target.weight() > 0).toList();
        return weighty.isEmpty() ? all : weighty;
    }

    private static Stream<Member> members(Snapshot now, Predicate<Member> condition) {
        return now.members().stream().filter(condition).sorted(Comparator.comparing(Member::name));
    }
}
