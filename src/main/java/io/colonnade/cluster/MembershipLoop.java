package io.colonnade.cluster;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.stream.Collectors.toSet;

import io.colonnade.core.Clock;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the roster up to date. Its one thread sends this node's beats, takes in those of the others, and calls the listeners.
 * All changes of the roster are made on that thread.
 */
final class MembershipLoop implements Membership {
    private static final Logger log = LoggerFactory.getLogger(MembershipLoop.class);

    /** Where a beat goes; must neither block nor throw. */
    interface Sender {
        void send(Member to, Buffer beat);
    }

    private final Roster roster;
    private final StaleMemberGuard staleGuard;
    private final ClusterTime time;
    private final ClockSkew skew;
    private final Clock clock;
    private final Supplier<List<ListedMember>> listed;
    private final ScheduledThreadPoolExecutor thread;
    private final List<Consumer<Snapshot>> listeners = new ArrayList<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private Announcement announcement;
    private Supplier<Load> load = () -> Load.NONE;
    private Sender sender = (to, beat) -> {};
    private long number;
    private long epoch;

    /**
     * Makes a loop that does nothing until {@link #start}.
     *
     * @param listed asks Hazelcast for its members, this node among them; must not block
     * @param first what this node announces until it is told more
     */
    MembershipLoop(
            Roster roster,
            StaleMemberGuard staleGuard,
            Supplier<List<ListedMember>> listed,
            Announcement first,
            ClusterTime time,
            Clock clock) {
        this.roster = roster;
        this.staleGuard = staleGuard;
        this.time = time;
        this.skew = new ClockSkew(clock);
        this.clock = clock;
        this.listed = listed;
        this.announcement = first;
        this.thread =
                new ScheduledThreadPoolExecutor(1, MembershipLoop::thread, new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Begins to watch the members; beats are sent after {@link #sendBy}. */
    void start(ClusterConfig config) {
        var interval = config.beatInterval().toNanos();
        var unused = thread.scheduleWithFixedDelay(guarded(this::tick), 0, interval, NANOSECONDS);
    }

    /** Ends the loop; nothing is sent and no listener is called any more. */
    void stop() {
        thread.shutdownNow();
    }

    void sendBy(Sender newSender, Supplier<Load> newLoad) {
        run(() -> {
            sender = newSender;
            load = newLoad;
            beat();
        });
    }

    void announce(UnaryOperator<Announcement> change) {
        run(() -> {
            announcement = change.apply(announcement);
            beat();
        });
    }

    /** To be called when Hazelcast's list has changed, so that the change is seen before the next tick. */
    void listChanged() {
        run(() -> {
            roster.list(listed.get());
            tell();
        });
    }

    /** Takes in a beat of another member. */
    void receive(Buffer bytes) {
        received.incrementAndGet();
        run(() -> hear(Beat.decode(bytes)));
    }

    @Override
    public Snapshot snapshot() {
        return roster.snapshot();
    }

    @Override
    public void onChange(Consumer<Snapshot> listener) {
        run(() -> {
            listeners.add(listener);
            listener.accept(roster.snapshot());
        });
    }

    ClockSkew skew() {
        return skew;
    }

    long sent() {
        return sent.get();
    }

    long received() {
        return received.get();
    }

    private void tick() {
        staleGuard.tick(roster.snapshot().members().size() <= 1);
        roster.list(listed.get());
        roster.tick();
        tell();
        beat();
    }

    private void hear(Beat beat) {
        if (!roster.knows(beat)) {
            // It may have overtaken Hazelcast's notice that its sender has joined.
            roster.list(listed.get());
        }
        if (roster.knows(beat)) {
            staleGuard.heard();
            hearTimes(beat);
        }
        roster.hear(beat);
        tell();
    }

    /** A node that does not tell its clocks is of a version before. */
    private void hearTimes(Beat beat) {
        var now = roster.snapshot();
        if (beat.times().wall() > 0 && !beat.from().equals(now.self())) {
            now.member(beat.from())
                    .ifPresent(member -> skew.hear(member.name(), beat.times().wall()));
            if (now.members().get(0).id().equals(beat.from())) {
                time.hear(beat.times().cluster());
            }
        }
    }

    private void keepTime(Member self) {
        if (self.epoch() != epoch) {
            epoch = self.epoch();
            time.joins();
        }
        if (roster.snapshot().members().get(0).id().equals(self.id())) {
            time.leads();
        }
    }

    private void beat() {
        roster.self().ifPresent(self -> {
            keepTime(self);
            var times = new Beat.Times(time.millis(), clock.now().toEpochMilli());
            var beat = new Beat(self.id(), self.epoch(), number++, announcement, load.get(), times);
            roster.hear(beat);
            tell();
            sendToOthers(beat.encode());
        });
    }

    private void sendToOthers(Buffer beat) {
        var now = roster.snapshot();
        for (var member : now.members()) {
            if (!member.id().equals(now.self())) {
                sender.send(member, beat);
                sent.incrementAndGet();
            }
        }
    }

    private void tell() {
        roster.news().ifPresent(this::tell);
    }

    private void tell(Snapshot now) {
        skew.keepOnly(now.members().stream().map(Member::name).collect(toSet()));
        listeners.forEach(listener -> guarded(() -> listener.accept(now)).run());
    }

    private void run(Runnable task) {
        thread.execute(guarded(task));
    }

    /** A task that throws would end the schedule without a word. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error defect) {
                log.error("watching the members failed", defect);
            }
        };
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "colonnade-cluster");
        thread.setDaemon(true);
        return thread;
    }
}
