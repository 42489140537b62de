package io.colonnade.dns;

import io.colonnade.core.ManualClock;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;

/** A responder that is asked with messages of dnsjava, and its last response. */
final class TestResponder {
    static final QueryClient UDP = new QueryClient(new byte[] {(byte) 192, 0, 2, 1}, true);
    static final QueryClient TCP = new QueryClient(UDP.address(), false);

    static final Zone ZONE = TestZones.zone(
            "example",
            "@ 30 SOA ns hostmaster 7 3600 600 86400 20",
            "@ NS ns",
            "@ MX 10 mail",
            "ns A 192.0.2.1",
            "mail A 192.0.2.2",
            "www A 192.0.2.3",
            // 1232 octets with header, question and OPT record.
            "long TXT " + ("\"" + "x".repeat(250) + "\" ").repeat(4) + "y".repeat(174),
            "large TXT " + ("\"" + "z".repeat(250) + "\" ").repeat(8));

    final DnsFigures figures = new DnsFigures();
    final byte[] out = new byte[65535];
    private final Responder responder;

    /** With {@link #ZONE} and the default settings. */
    TestResponder() {
        this(DnsConfig.DEFAULTS, ZONE);
    }

    TestResponder(DnsConfig config, Zone zone) {
        this(config, always(Zones.of(List.of(zone), List.of())));
    }

    TestResponder(DnsConfig config, Supplier<Zones> zones) {
        responder = new Responder(zones, config, "amber-heron", figures, new ManualClock());
    }

    private static Supplier<Zones> always(Zones zones) {
        return () -> zones;
    }

    /** The default settings with that rate limit, which exempts nobody. */
    static DnsConfig limited(int perSecond, int slip) {
        var others = DnsConfig.DEFAULTS;
        return new DnsConfig(
                others.bind(),
                others.ttl(),
                others.negativeTtl(),
                others.maxAnswers(),
                others.zones(),
                others.nsid(),
                1,
                others.allowTransfer(),
                others.tcpConnections(),
                others.tcpIdle(),
                new RateLimitConfig(perSecond, slip, List.of()));
    }

    Message ask(Message query, QueryClient client) {
        var wire = query.toWire();
        var length = send(wire, wire.length, client);
        try {
            return new Message(Arrays.copyOf(out, length));
        } catch (IOException malformed) {
            throw new AssertionError(HexFormat.of().formatHex(out, 0, length), malformed);
        }
    }

    /** Sends the first {@code length} octets; gives the length of the response, which is in {@link #out}. */
    int send(byte[] wire, int length, QueryClient client) {
        return responder.respond(Query.parse(wire, length), client, out);
    }

    static Message query(String name, int type) {
        return Message.newQuery(Record.newRecord(Name.fromConstantString(name), type, DClass.IN));
    }

    static OPTRecord opt(EDNSOption... options) {
        return new OPTRecord(1232, 0, 0, 0, List.of(options));
    }

    static OPTRecord opt(Message response) {
        return Objects.requireNonNull(response.getOPT());
    }
}
