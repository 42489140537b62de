package io.colonnade.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ResponderTest {
    private static final QueryClient UDP = new QueryClient(new byte[] {(byte) 192, 0, 2, 1}, true);
    private static final QueryClient TCP = new QueryClient(UDP.address(), false);

    private static final Zone ZONE = TestZones.zone(
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

    private static final DnsConfig CONFIG = DnsConfig.DEFAULTS;

    private final DnsFigures figures = new DnsFigures();
    private final Responder responder = responder(CONFIG);
    private final byte[] out = new byte[65535];

    @Test
    void answersWithTheQuestionAsItWasSpelled() throws IOException {
        var query = query("wWw.EXAMPLE.", Type.A);
        var wire = query.toWire();
        var length = send(wire, wire.length, UDP);
        assertThat(out).startsWith(Arrays.copyOf(wire, 2));
        assertThat(Arrays.copyOfRange(out, 12, wire.length)).isEqualTo(Arrays.copyOfRange(wire, 12, wire.length));
        var response = new Message(Arrays.copyOf(out, length));
        assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(response.getSection(Section.ANSWER)).hasToString("[wWw.EXAMPLE.\t\t30\tIN\tA\t192.0.2.3]");
    }

    @Test
    void isAuthoritativeAndDoesNotRecurse() {
        var query = query("www.example.", Type.A);
        query.getHeader().setFlag(Flags.RD);
        query.getHeader().setFlag(Flags.CD);
        query.getHeader().setFlag(Flags.AD);
        var header = ask(query, UDP).getHeader();
        assertThat(flags(header)).isEqualTo("qr aa rd");
        query.getHeader().unsetFlag(Flags.RD);
        assertThat(flags(ask(query, UDP).getHeader())).isEqualTo("qr aa");
    }

    @ParameterizedTest
    @CsvSource({
        "www.example., IN, A, NOERROR",
        "nothing.example., IN, A, NXDOMAIN",
        "www.example.net., IN, A, REFUSED",
        "., IN, NS, REFUSED",
        "www.example., CH, A, REFUSED",
        "version.bind., CH, TXT, REFUSED",
        "example., IN, AXFR, REFUSED",
        "example., IN, IXFR, REFUSED",
        "example., IN, MAILB, NOTIMP",
        "example., IN, TKEY, NOTIMP",
        "example., IN, OPT, NOTIMP"
    })
    void answersEachQuestionWithItsCode(String name, String dclass, String type, String rcode) {
        var question = Record.newRecord(TestZones.name(name), Type.value(type), DClass.value(dclass));
        for (var client : List.of(UDP, TCP)) {
            var response = ask(Message.newQuery(question), client);
            assertThat(Rcode.string(response.getRcode())).isEqualTo(rcode);
            assertThat(response.getQuestion()).isEqualTo(question);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcode.IQUERY, Opcode.STATUS, Opcode.NOTIFY, Opcode.UPDATE, 3, 15})
    void otherOperationsAreNotImplemented(int opcode) {
        var query = query("example.", Type.SOA);
        query.getHeader().setOpcode(opcode);
        query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        var response = ask(query, UDP);
        assertThat(response.getRcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(response.getHeader().getOpcode()).isEqualTo(opcode);
        assertThat(response.getOPT()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0001 0000 0002 0000 0000 0000 03777777 076578616d706c65 00 0001 0001 03777777 076578616d706c65 00 0001 0001, two questions (RFC 9619)",
        "0001 0000 0000 0000 0000 0000, no question",
        "0001 0000 0001 0000 0000 0000 03777777, a name without end",
        "0001 0000 0001 0000 0000 0000 c00c 0001 0001, a name that points to itself",
        "0001 0000 0001 0000 0000 0000 40777777 00 0001 0001, a label of an unknown kind",
        "0001 0000 0001 0000 0000 0000 03777777 00 0001, a question without class",
        "0001 0000 0001 0000 0000 0000 03777777 00 0001 0001 00, octets after the end",
        "0001 0000 0001 0000 0000 0001 03777777 00 0001 0001, a record that is not there",
        "0001 0000 0001 0000 0000 0001 03777777 00 0001 0001 00 0029 04d0 00000000 0008 000a0008, an option without its data",
        "0001 0000 0001 0000 0000 0001 03777777 00 0001 0001 00 0029 04d0 00000000 0007 000a0003010203, a cookie of 3 octets",
        "0001 0000 0001 0000 0000 0002 03777777 00 0001 0001 00 0029 04d0 00000000 0000 00 0029 04d0 00000000 0000, two OPT records",
        "0001 0000 0001 0000 0000 0001 03777777 00 0001 0001 0161 00 0029 04d0 00000000 0000, an OPT record with a name",
        "0001 0000 0001 0001 0000 0000 03777777 00 0001 0001 00 0029 04d0 00000000 0000, an OPT record in the answer section"
    })
    void whatIsMalformedIsCalledSo(String hex, String what) throws IOException {
        var wire = HexFormat.of().parseHex(hex.replace(" ", ""));
        var response = new Message(Arrays.copyOf(out, send(wire, wire.length, UDP)));
        assertThat(Rcode.string(response.getRcode())).as(what).isEqualTo("FORMERR");
        assertThat(response.getHeader().getFlag(Flags.QR)).isTrue();
        assertThat(figures.json().getLong("malformed")).isEqualTo(1);
    }

    @Test
    void whatIsNoQueryIsNotAnswered() {
        var response = query("www.example.", Type.A);
        response.getHeader().setFlag(Flags.QR);
        var wire = response.toWire();
        assertThat(send(wire, wire.length, UDP)).isZero();
        for (var length = 0; length < 12; length++) {
            assertThat(send(wire, length, UDP)).isZero();
        }
        assertThat(figures.json().getLong("malformed")).isEqualTo(13);
    }

    @Test
    void anotherVersionOfEdnsIsRefusedWithOurs() {
        var query = query("www.example.", Type.A);
        query.addRecord(new OPTRecord(1232, 0, 1), Section.ADDITIONAL);
        var response = ask(query, UDP);
        assertThat(response.getRcode()).isEqualTo(Rcode.BADVERS);
        assertThat(opt(response).getVersion()).isZero();
        assertThat(response.getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void ednsIsAnsweredWithEdnsAndOnlyThen() {
        var query = query("www.example.", Type.A);
        assertThat(ask(query, UDP).getOPT()).isNull();
        query.addRecord(new OPTRecord(4096, 0, 0, Flags.DO), Section.ADDITIONAL);
        var opt = opt(ask(query, UDP));
        assertThat(opt.getPayloadSize()).isEqualTo(1232);
        assertThat(opt.getFlags()).isEqualTo(Flags.DO);
        assertThat(opt.getOptions()).isEmpty();
    }

    @Test
    void tellsItsNameWhoAsksForIt() {
        var query = query("www.example.", Type.A);
        query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(new NSIDOption(new byte[0]))), Section.ADDITIONAL);
        assertThat(opt(ask(query, UDP)).getOptions())
                .containsExactly(new NSIDOption("amber-heron".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void answersACookieWithOneThatItTakes() {
        var client = new byte[] {1, 2, 3, 4, 5, 6, 7, 8};
        var strict = responder(limited(1, 1));
        var first = cookie(ask(strict, withCookie(new CookieOption(client)), UDP));
        assertThat(first.getClientCookie()).isEqualTo(client);
        for (var i = 0; i < 10; i++) {
            var again = ask(strict, withCookie(first), UDP);
            assertThat(again.getHeader().getFlag(Flags.TC)).isFalse();
        }
        var other = new CookieOption(client, new byte[16]);
        assertThat(ask(strict, withCookie(other), UDP).getHeader().getFlag(Flags.TC))
                .isTrue();
    }

    @Test
    void aCookieMayBeAskedForWithoutAQuestion() {
        var query = new Message(7);
        query.addRecord(opt(new CookieOption(new byte[8])), Section.ADDITIONAL);
        var response = ask(query, UDP);
        assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(cookie(response).getServerCookie())
                .hasValueSatisfying(server -> assertThat(server).hasSize(16));
    }

    @ParameterizedTest
    @CsvSource({"0, 512, true", "512, 512, true", "1231, 1231, true", "4096, 1232, false"})
    void whatDoesNotFitIsTruncated(int payload, int limit, boolean truncated) {
        var query = query("long.example.", Type.TXT);
        if (payload > 0) {
            query.addRecord(new OPTRecord(payload, 0, 0), Section.ADDITIONAL);
        }
        var response = ask(query, UDP);
        assertThat(response.numBytes()).isLessThanOrEqualTo(limit);
        assertThat(response.getHeader().getFlag(Flags.TC)).isEqualTo(truncated);
        assertThat(response.getSection(Section.ANSWER).isEmpty()).isEqualTo(truncated);
    }

    @Test
    void nothingIsTruncatedOverTcp() {
        var response = ask(query("large.example.", Type.TXT), TCP);
        assertThat(response.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(response.numBytes()).isGreaterThan(1232);
        assertThat(response.getSection(Section.ANSWER)).hasSize(1);
    }

    @Test
    void additionalRecordsAreLeftOutWhereTheyDoNotFit() {
        var zone = TestZones.zone(
                "example",
                "@ 30 SOA ns hostmaster 7 3600 600 86400 20",
                "many MX 1 " + "a".repeat(60) + "." + "b".repeat(60),
                "many MX 2 " + "c".repeat(60) + "." + "b".repeat(60),
                "many MX 3 " + "d".repeat(60) + "." + "e".repeat(60),
                "a".repeat(60) + "." + "b".repeat(60) + " AAAA 2001:db8::1",
                "c".repeat(60) + "." + "b".repeat(60) + " AAAA 2001:db8::2",
                "d".repeat(60) + "." + "e".repeat(60) + " AAAA 2001:db8::3");
        var ours = responder(CONFIG, zone);
        var query = query("many.example.", Type.MX);
        assertThat(ask(ours, query, TCP).getSection(Section.ADDITIONAL)).hasSize(3);
        query.addRecord(opt(new NSIDOption(new byte[0]), new CookieOption(new byte[8])), Section.ADDITIONAL);
        query.addRecord(Record.newRecord(TestZones.name("x"), 65280, DClass.IN, 0, new byte[0]), Section.ADDITIONAL);
        var response = ask(ours, query, UDP);
        assertThat(response.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(response.getSection(Section.ANSWER)).hasSize(3);
    }

    @Test
    void whoAsksTooOftenIsTruncatedOrNotAnswered() {
        var strict = responder(limited(1, 2));
        var wire = query("www.example.", Type.A).toWire();
        var sizes = new ArrayList<Integer>();
        for (var i = 0; i < 5; i++) {
            sizes.add(strict.respond(Query.parse(wire, wire.length), UDP, out));
        }
        assertThat(sizes).containsExactly(wire.length + 16, 0, wire.length, 0, wire.length);
        assertThat(strict.respond(Query.parse(wire, wire.length), TCP, out)).isEqualTo(wire.length + 16);
    }

    @Test
    void aChangeOfTheZonesIsInTheNextAnswer() {
        var zones = new Zones[] {Zones.of(List.of(ZONE), List.of())};
        var ours = new Responder(() -> zones[0], CONFIG, "amber-heron", figures, new ManualClock());
        assertThat(ask(ours, query("new.example.", Type.A), UDP).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        var changed = TestZones.zone("example", "@ 30 SOA ns hostmaster 8 3600 600 86400 20", "new A 192.0.2.9");
        zones[0] = Zones.of(List.of(changed), List.of());
        assertThat(ask(ours, query("new.example.", Type.A), UDP).getRcode()).isEqualTo(Rcode.NOERROR);
        zones[0] = Zones.of(List.of(), List.of(TestZones.name("example")));
        assertThat(ask(ours, query("new.example.", Type.A), UDP).getRcode()).isEqualTo(Rcode.SERVFAIL);
    }

    @Test
    void whateverComesIsAnsweredWithAResponseOrNotAtAll() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var query = query("www.example.", Type.A);
        query.addRecord(opt(new CookieOption(new byte[8])), Section.ADDITIONAL);
        var whole = query.toWire();
        for (var i = 0; i < 100_000; i++) {
            var wire = whole.clone();
            for (var flips = random.nextInt(6); flips >= 0; flips--) {
                wire[random.nextInt(wire.length)] = (byte) random.nextInt();
            }
            var length = random.nextInt(4) == 0 ? random.nextInt(wire.length + 1) : wire.length;
            var size = send(wire, length, UDP);
            assertThat(size == 0 || (size >= 12 && size <= 1232 && out[2] < 0))
                    .as("seed %d, %s", seed, HexFormat.of().formatHex(wire, 0, length))
                    .isTrue();
        }
    }

    private Responder responder(DnsConfig config, Zone... zones) {
        var all = Zones.of(zones.length == 0 ? List.of(ZONE) : List.of(zones), List.of());
        return new Responder(() -> all, config, "amber-heron", figures, new ManualClock());
    }

    private static DnsConfig limited(int perSecond, int slip) {
        return new DnsConfig(
                CONFIG.bind(),
                CONFIG.ttl(),
                CONFIG.negativeTtl(),
                CONFIG.maxAnswers(),
                CONFIG.zones(),
                CONFIG.nsid(),
                1,
                CONFIG.allowTransfer(),
                CONFIG.tcpConnections(),
                CONFIG.tcpIdle(),
                new RateLimitConfig(perSecond, slip, List.of()));
    }

    private Message ask(Message query, QueryClient client) {
        return ask(responder, query, client);
    }

    private Message ask(Responder asked, Message query, QueryClient client) {
        var wire = query.toWire();
        var length = asked.respond(Query.parse(wire, wire.length), client, out);
        try {
            return new Message(Arrays.copyOf(out, length));
        } catch (IOException malformed) {
            throw new AssertionError(HexFormat.of().formatHex(out, 0, length), malformed);
        }
    }

    private int send(byte[] wire, int length, QueryClient client) {
        return responder.respond(Query.parse(wire, length), client, out);
    }

    private static Message query(String name, int type) {
        return Message.newQuery(Record.newRecord(Name.fromConstantString(name), type, DClass.IN));
    }

    private static Message withCookie(CookieOption cookie) {
        var query = query("www.example.", Type.A);
        query.addRecord(opt(cookie), Section.ADDITIONAL);
        return query;
    }

    private static OPTRecord opt(EDNSOption... options) {
        return new OPTRecord(1232, 0, 0, 0, List.of(options));
    }

    private static OPTRecord opt(Message response) {
        return Objects.requireNonNull(response.getOPT());
    }

    private static CookieOption cookie(Message response) {
        return (CookieOption) opt(response).getOptions().get(0);
    }

    private static String flags(org.xbill.DNS.Header header) {
        return header.printFlags().strip();
    }
}
