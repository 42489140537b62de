package io.colonnade.transport;

import io.colonnade.core.Exchange;
import io.colonnade.core.Role;
import io.colonnade.core.SiteId;
import io.netty.buffer.ByteBuf;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;

/**
 * What an OPEN frame says of a request.
 *
 * @param tier who shall answer
 * @param version the version that the client speaks, because what a site may do depends on it
 * @param authority the host that was asked for; empty if there was none
 * @param client the client's address
 * @param local the address that the client connected to
 */
record RequestHead(
        Role tier,
        String id,
        SiteId site,
        Exchange.TimeLimits limits,
        HttpVersion version,
        boolean ssl,
        HttpMethod method,
        String uri,
        String authority,
        SocketAddress client,
        SocketAddress local,
        MultiMap fields) {

    private static final Role[] ROLES = Role.values();
    private static final HttpVersion[] VERSIONS = HttpVersion.values();

    static void write(ByteBuf to, Exchange exchange, Role tier) {
        var request = exchange.request();
        var limits = exchange.remaining();
        var authority = request.authority();
        Choice.write(to, tier);
        Text.write(to, exchange.id());
        Text.write(to, exchange.site().name());
        Text.write(to, exchange.site().content());
        Varint.write(to, limits.head().toMillis());
        Varint.write(to, limits.idle().toMillis());
        Choice.write(to, request.version());
        to.writeByte(request.isSSL() ? 1 : 0);
        Text.write(to, request.method().name());
        Text.write(to, request.uri());
        Text.write(to, authority == null ? "" : authority.toString());
        writeAddress(to, request.remoteAddress());
        writeAddress(to, request.localAddress());
        Fields.write(to, request.headers());
    }

    static RequestHead read(ByteBuf from) {
        return new RequestHead(
                Choice.read(from, ROLES),
                Text.read(from),
                new SiteId(Text.read(from), Text.read(from)),
                new Exchange.TimeLimits(Duration.ofMillis(Varint.read(from)), Duration.ofMillis(Varint.read(from))),
                Choice.read(from, VERSIONS),
                from.readByte() != 0,
                HttpMethod.valueOf(Text.read(from)),
                Text.read(from),
                Text.read(from),
                readAddress(from),
                readAddress(from),
                Frame.readFields(from));
    }

    private static void writeAddress(ByteBuf to, SocketAddress address) {
        Text.write(to, address.hostAddress());
        Varint.write(to, address.port());
    }

    private static SocketAddress readAddress(ByteBuf from) {
        var host = Text.read(from);
        return SocketAddress.inetSocketAddress(Varint.read(from, 65535), host);
    }
}
