package io.colonnade.transport.link;

import io.colonnade.cluster.Member;
import io.colonnade.cluster.Membership;
import io.colonnade.cluster.Snapshot;
import io.colonnade.transport.frame.BatchHeader;
import io.colonnade.transport.frame.LaneAddress;
import io.colonnade.transport.frame.MalformedBatchException;
import io.colonnade.transport.wire.DirectLine;
import io.colonnade.transport.wire.DirectLines;
import io.colonnade.transport.wire.Wire;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.eventbus.EventBusOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links of a lane, each to a lane of another member. Gives each batch that arrives to the link that it came by. */
public final class Links {
    private static final Logger log = LoggerFactory.getLogger(Links.class);

    private final LaneState lane;
    private final Wire wire;
    private final Membership membership;
    private final Acceptor acceptor;
    private final Map<LaneAddress, RemoteLane> remotes = new HashMap<>();
    private final @Nullable DirectLines direct;

    /** @param bus what the event bus was made with; null if the lane makes no connections of its own */
    public Links(LaneState lane, Wire wire, @Nullable EventBusOptions bus, Membership membership, Acceptor acceptor) {
        this.lane = lane;
        this.wire = wire;
        this.membership = membership;
        this.acceptor = acceptor;
        this.direct = bus == null
                ? null
                : new DirectLines(lane.context().owner(), bus, lane.config().ports(), this::receive);
    }

    /** The link to a lane; it is created if there is none. */
    public Link to(LaneAddress address, Member member) {
        return remote(address, member).link();
    }

    private RemoteLane remote(LaneAddress address, Member member) {
        var known = remotes.get(address);
        if (known == null) {
            known = new RemoteLane(lane, member, wire.open(address), direct, acceptor);
            remotes.put(address, known);
        }
        return known;
    }

    /** Takes a batch that arrived by the event bus. */
    public void receive(Buffer batch) {
        // The buffer that the Buffer wraps: reading single bytes is slow through the guard that getByteBuf() returns.
        var frames = ((BufferImpl) batch).byteBuf();
        try {
            var header = BatchHeader.read(frames, lane.protocol());
            var remote = sender(header.source());
            if (remote != null) {
                receive(remote, header, frames);
                remote.proceed();
                remote.settle();
            }
        } catch (MalformedBatchException malformed) {
            log.error(
                    "A batch on {} cannot be read and is dropped: {}",
                    lane.address().onBus(),
                    malformed.getMessage());
        }
    }

    /** Takes a batch that arrived by a direct line, unless batches before it are still missing. */
    private boolean receive(ByteBuf frames, DirectLine from) {
        try {
            var header = BatchHeader.read(frames, lane.protocol());
            if (!from.isOf(header.source())) {
                from.cut();
                return true;
            }
            var remote = sender(header.source());
            if (remote != null && !remote.shortcut().isNext(header, from)) {
                frames.readerIndex(0);
                return false;
            }
            if (remote != null) {
                receive(remote, header, frames);
            }
        } catch (MalformedBatchException malformed) {
            log.error("A batch on a direct connection cannot be read: {}", malformed.getMessage());
            from.cut();
        }
        return true;
    }

    private void receive(RemoteLane remote, BatchHeader header, ByteBuf frames) {
        lane.arrives();
        try {
            remote.receive(header, frames);
        } catch (MalformedBatchException | IndexOutOfBoundsException malformed) {
            log.error("A batch of member {} cannot be read: {}", remote.memberName(), malformed.toString());
            remote.startOver();
        }
    }

    /** Fails the streams of members that are gone or silent. */
    public void membersChanged(Snapshot snapshot) {
        for (var remote : List.copyOf(remotes.entrySet())) {
            if (!reachable(remote.getKey(), snapshot)) {
                remotes.remove(remote.getKey());
                remote.getValue().memberLost();
            }
        }
    }

    /** Runs several times a second. */
    public void tick(long now) {
        List.copyOf(remotes.values()).forEach(remote -> remote.tick(now));
    }

    /** Closes the lane's own connections. Traffic over the event bus goes on. */
    public Future<Void> close() {
        return direct == null ? Future.succeededFuture() : direct.close();
    }

    /** Null if the sender's node is not a member: a node that was given up may still send before it learns that. */
    private @Nullable RemoteLane sender(LaneAddress source) {
        var known = remotes.get(source);
        if (known != null) {
            return known;
        }
        return membership
                .snapshot()
                .member(source.node())
                .filter(member -> member.epoch() == source.epoch())
                .map(member -> remote(source, member))
                .orElse(null);
    }

    private static boolean reachable(LaneAddress address, Snapshot snapshot) {
        var member = snapshot.member(address.node());
        return member.isPresent() && member.get().heard() && member.get().epoch() == address.epoch();
    }
}
