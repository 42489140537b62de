package io.colonnade.transport.frame;

import io.colonnade.core.Exchange;
import io.colonnade.core.Role;
import io.colonnade.core.SiteId;
import io.netty.buffer.ByteBuf;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;

/**
 * What an OPEN frame says of a request.
 *
 * @param tier the tier that is to answer
 * @param version the version that the client speaks, because what a site may do depends on it
 * @param authority the host that was asked for; empty if there was none
 * @param client the client's address
 * @param local the address that the client connected to
 */
public record RequestHead(
        Role tier,
        String id,
        SiteId site,
        Exchange.TimeLimits limits,
        HttpVersion version,
        boolean ssl,
        HttpMethod method,
        String uri,
        String authority,
        PeerAddress client,
        PeerAddress local,
        MultiMap fields) {

    private static final Role[] ROLES = Role.values();
    private static final HttpVersion[] VERSIONS = HttpVersion.values();

    public static void write(ByteBuf to, Exchange exchange, Role tier, Exchange.TimeLimits limits) {
        var request = exchange.request();
        var authority = request.authority();
        EnumCodec.write(to, tier);
        Text.write(to, exchange.id());
        Text.write(to, exchange.site().name());
        Text.write(to, exchange.site().content());
        Varint.write(to, limits.head().toMillis());
        Varint.write(to, limits.idle().toMillis());
        EnumCodec.write(to, request.version());
        to.writeByte(request.isSSL() ? 1 : 0);
        Text.write(to, request.method().name());
        Text.write(to, request.uri());
        Text.write(to, authority == null ? "" : authority.toString());
        PeerAddress.write(to, request.remoteAddress());
        PeerAddress.write(to, request.localAddress());
        Fields.write(to, request.headers());
    }

    public static RequestHead read(ByteBuf from, TextCache texts) {
        return new RequestHead(
                EnumCodec.read(from, ROLES),
                Text.read(from),
                new SiteId(texts.read(from).toString(), texts.read(from).toString()),
                new Exchange.TimeLimits(Duration.ofMillis(Varint.read(from)), Duration.ofMillis(Varint.read(from))),
                EnumCodec.read(from, VERSIONS),
                from.readByte() != 0,
                method(texts.read(from).toString()),
                Text.read(from),
                texts.read(from).toString(),
                PeerAddress.read(from, texts),
                PeerAddress.read(from, texts),
                Fields.read(from, texts));
    }

    private static HttpMethod method(String name) {
        try {
            return HttpMethod.valueOf(name);
        } catch (IllegalArgumentException unknown) {
            throw new MalformedBatchException("the method is none: " + unknown.getMessage());
        }
    }
}
