package io.colonnade.cluster;

import com.hazelcast.nio.MemberSocketInterceptor;
import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.security.Handshake;
import io.colonnade.security.Party;
import io.colonnade.security.RefusedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lets Hazelcast talk only to nodes that have the secret: every connection, made or accepted, begins with the {@link Handshake},
 * and a connection that fails it is closed before Hazelcast has read a byte. Called on Hazelcast's threads for connections,
 * which may block.
 */
final class HandshakeInterceptor implements MemberSocketInterceptor {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(3);

    private final PendingHandshakes pending = new PendingHandshakes();
    private final RefusalLog log = new RefusalLog(Clock.system());
    private final Supplier<Party> self;
    private final Admission admission;
    private final Consumer<Socket> forget;

    /** @param forget is told of each accepted connection that is refused */
    HandshakeInterceptor(Supplier<Party> self, Admission admission, Consumer<Socket> forget) {
        this.self = self;
        this.admission = admission;
        this.forget = forget;
    }

    @Override
    public void init(Properties none) {}

    @Override
    public void onConnect(Socket socket) throws IOException {
        var peer = peer(socket);
        try {
            var unused = Handshake.connect(socket, TIME_LIMIT, self.get());
        } catch (RefusedException refused) {
            admission.refusedBy(peer, refused.refusal());
            throw refused;
        }
    }

    @Override
    public void onAccept(Socket socket) throws IOException {
        var letIn = false;
        try {
            accept(socket);
            letIn = true;
        } finally {
            if (!letIn) {
                forget.accept(socket);
            }
        }
    }

    private void accept(Socket socket) throws IOException {
        var peer = peer(socket);
        pending.enter(socket);
        try {
            Handshake.accept(socket, TIME_LIMIT, self.get(), () -> pending.greeted(socket));
        } catch (RefusedException refused) {
            log.refused(peer, refused.refusal());
            throw refused;
        } catch (IOException broken) {
            log.broken(peer, broken);
            throw broken;
        } finally {
            pending.leave(socket);
        }
    }

    private static Address peer(Socket socket) {
        var remote = (InetSocketAddress) socket.getRemoteSocketAddress();
        return new Address(remote.getAddress().getHostAddress(), remote.getPort());
    }
}
