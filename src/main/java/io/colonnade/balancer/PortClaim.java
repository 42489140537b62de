package io.colonnade.balancer;

import io.colonnade.cluster.Member;
import io.colonnade.cluster.Membership;
import io.colonnade.cluster.State;
import io.colonnade.core.Address;
import io.colonnade.core.BindTrial;
import io.netty.channel.epoll.Epoll;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether this node may listen on a port. SO_REUSEPORT lets any process of the same user join in and take a share of the
 * connections, so the port is only shared with members of the own cluster on this machine.
 */
final class PortClaim {
    private static final int LOOKS = 60;
    private static final int LOOK_MILLIS = 50;

    private final Vertx vertx;
    private final String cluster;
    private final Membership membership;

    /** Bound, but never listens: the system gives the port to nobody who asks for any one, and connections only to who listens. */
    private final Socket held = new Socket();

    private volatile Address address;

    PortClaim(Vertx vertx, Address wanted, String cluster, Membership membership) {
        this.vertx = vertx;
        this.address = wanted;
        this.cluster = cluster;
        this.membership = membership;
    }

    /**
     * Throws a {@link PortException} if the system refuses the port, or if a process has it that does not share it as members do. Where
     * members cannot share a port, only a claim finds out whether a member has it.
     */
    static void check(Address wanted, String cluster) {
        try {
            BindTrial.tcp(wanted, true);
        } catch (IOException refused) {
            if (!isInUse(refused)) {
                throw PortException.cannotListen(wanted, refused);
            }
            if (Epoll.isAvailable()) {
                throw PortException.taken(wanted.port(), cluster);
            }
        }
    }

    private static boolean isInUse(IOException refused) {
        return String.valueOf(refused.getMessage()).contains("in use");
    }

    Future<Address> claim() {
        return vertx.executeBlocking(this::tryBind, false)
                .compose(free -> free ? Future.succeededFuture(address) : share());
    }

    /** Whether another living member accepts connections on this port. */
    boolean isSharedWithOthers() {
        return owners().anyMatch(member -> member.state() == State.READY);
    }

    /** Whether clients may still come here although other members run: nobody else has the port. */
    boolean isNeededByClients() {
        return !isSharedWithOthers() && others().anyMatch(member -> member.state() == State.READY);
    }

    /** Gives the port back to the system. */
    void release() throws IOException {
        held.close();
    }

    /** Binds without SO_REUSEPORT, which fails if anybody listens there; the address then has a port for sure. */
    private boolean tryBind() throws IOException {
        try {
            held.setReuseAddress(true);
            held.bind(new InetSocketAddress(InetAddress.getByName(address.host()), address.port()));
            address = new Address(address.host(), held.getLocalPort());
            if (!vertx.isNativeTransportEnabled()) {
                // Only Linux is known to let others listen where a socket is bound that does not.
                release();
            }
            return true;
        } catch (BindException cause) {
            release();
            if (isInUse(cause)) {
                return false;
            }
            throw PortException.cannotListen(address, cause);
        }
    }

    private Future<Address> share() {
        var answer = Promise.<Address>promise();
        look(answer, LOOKS);
        return answer.future();
    }

    /** The owner may be a member that has not been heard, or has not announced its port, yet. */
    private void look(Promise<Address> answer, int looks) {
        var owner = owners().findFirst();
        if (owner.isPresent()) {
            decide(answer, owner);
        } else if (looks == 0) {
            answer.fail(PortException.taken(address.port(), cluster));
        } else {
            vertx.setTimer(LOOK_MILLIS, later -> look(answer, looks - 1));
        }
    }

    private void decide(Promise<Address> answer, Optional<Member> owner) {
        if (vertx.isNativeTransportEnabled()) {
            answer.complete(address);
        } else {
            answer.fail(PortException.notSharable(
                    address.port(), owner.map(Member::name).orElseThrow()));
        }
    }

    private Stream<Member> owners() {
        var snapshot = membership.snapshot();
        var machine = snapshot.member(snapshot.self()).map(Member::machine).orElse("");
        return others().filter(member -> member.machine().equals(machine)).filter(this::hasPort);
    }

    private Stream<Member> others() {
        var snapshot = membership.snapshot();
        return snapshot.members().stream().filter(Member::heard).filter(member -> !member.id()
                .equals(snapshot.self()));
    }

    private boolean hasPort(Member member) {
        var published = member.publicAddress();
        return published != null && published.port() == address.port();
    }
}
