package io.colonnade.dns;

import static io.colonnade.dns.TestResponder.TCP;
import static io.colonnade.dns.TestResponder.UDP;
import static io.colonnade.dns.TestResponder.opt;
import static io.colonnade.dns.TestResponder.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a question gets, and what is no question. */
class ResponderTest {
    private final TestResponder responder = new TestResponder();

    @Test
    void answersWithTheQuestionAsItWasSpelled() throws IOException {
        var query = query("wWw.EXAMPLE.", Type.A);
        var wire = query.toWire();
        var length = responder.send(wire, wire.length, UDP);
        assertThat(responder.out).startsWith(Arrays.copyOf(wire, 2));
        assertThat(Arrays.copyOfRange(responder.out, 12, wire.length))
                .isEqualTo(Arrays.copyOfRange(wire, 12, wire.length));
        var response = new Message(Arrays.copyOf(responder.out, length));
        assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(response.getSection(Section.ANSWER)).hasToString("[wWw.EXAMPLE.\t\t30\tIN\tA\t192.0.2.3]");
    }

    @Test
    void isAuthoritativeAndDoesNotRecurse() {
        var query = query("www.example.", Type.A);
        query.getHeader().setFlag(Flags.RD);
        query.getHeader().setFlag(Flags.CD);
        query.getHeader().setFlag(Flags.AD);
        var header = responder.ask(query, UDP).getHeader();
        assertThat(flags(header)).isEqualTo("qr aa rd");
        query.getHeader().unsetFlag(Flags.RD);
        assertThat(flags(responder.ask(query, UDP).getHeader())).isEqualTo("qr aa");
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
            var response = responder.ask(Message.newQuery(question), client);
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
        var response = responder.ask(query, UDP);
        assertThat(response.getRcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(response.getHeader().getOpcode()).isEqualTo(opcode);
        assertThat(response.getOPT()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0001 0000 0002 0000 0000 0000 03777777 076578616d706c65 00 0001 0001 03777777 076578616d706c65 00 0001 0001,"
                + " two questions (RFC 9619)",
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
        var response = new Message(Arrays.copyOf(responder.out, responder.send(wire, wire.length, UDP)));
        assertThat(Rcode.string(response.getRcode())).as(what).isEqualTo("FORMERR");
        assertThat(response.getHeader().getFlag(Flags.QR)).isTrue();
        assertThat(responder.figures.json().getLong("malformed")).isEqualTo(1);
    }

    @Test
    void whatIsNoQueryIsNotAnswered() {
        var response = query("www.example.", Type.A);
        response.getHeader().setFlag(Flags.QR);
        var wire = response.toWire();
        assertThat(responder.send(wire, wire.length, UDP)).isZero();
        for (var length = 0; length < 12; length++) {
            assertThat(responder.send(wire, length, UDP)).isZero();
        }
        assertThat(responder.figures.json().getLong("malformed")).isEqualTo(13);
    }

    @Test
    void whoAsksTooOftenIsTruncatedOrNotAnswered() {
        var strict = new TestResponder(TestResponder.limited(1, 2), TestResponder.ZONE);
        var wire = query("www.example.", Type.A).toWire();
        var sizes = new ArrayList<Integer>();
        for (var i = 0; i < 5; i++) {
            sizes.add(strict.send(wire, wire.length, UDP));
        }
        assertThat(sizes).containsExactly(wire.length + 16, 0, wire.length, 0, wire.length);
        assertThat(strict.send(wire, wire.length, TCP)).isEqualTo(wire.length + 16);
    }

    @Test
    void aChangeOfTheZonesIsInTheNextAnswer() {
        var zones = new Zones[] {Zones.of(List.of(TestResponder.ZONE), List.of())};
        var ours = new TestResponder(DnsConfig.DEFAULTS, () -> zones[0]);
        assertThat(ours.ask(query("new.example.", Type.A), UDP).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        var changed = TestZones.zone("example", "@ 30 SOA ns hostmaster 8 3600 600 86400 20", "new A 192.0.2.9");
        zones[0] = Zones.of(List.of(changed), List.of());
        assertThat(ours.ask(query("new.example.", Type.A), UDP).getRcode()).isEqualTo(Rcode.NOERROR);
        zones[0] = Zones.of(List.of(), List.of(TestZones.name("example")));
        assertThat(ours.ask(query("new.example.", Type.A), UDP).getRcode()).isEqualTo(Rcode.SERVFAIL);
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
            var size = responder.send(wire, length, UDP);
            assertThat(size == 0 || (size >= 12 && size <= 1232 && responder.out[2] < 0))
                    .as("seed %d, %s", seed, HexFormat.of().formatHex(wire, 0, length))
                    .isTrue();
        }
    }

    private static String flags(org.xbill.DNS.Header header) {
        return header.printFlags().strip();
    }
}
