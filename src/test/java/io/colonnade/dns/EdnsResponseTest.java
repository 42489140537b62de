package io.colonnade.dns;

import static io.colonnade.dns.TestResponder.TCP;
import static io.colonnade.dns.TestResponder.UDP;
import static io.colonnade.dns.TestResponder.opt;
import static io.colonnade.dns.TestResponder.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a query with an OPT record gets, and how much of a response is sent to whom. */
class EdnsResponseTest {
    private final TestResponder responder = new TestResponder();

    @Test
    void anotherVersionOfEdnsIsRefusedWithOurs() {
        var query = query("www.example.", Type.A);
        query.addRecord(new OPTRecord(1232, 0, 1), Section.ADDITIONAL);
        var response = responder.ask(query, UDP);
        assertThat(response.getRcode()).isEqualTo(Rcode.BADVERS);
        assertThat(opt(response).getVersion()).isZero();
        assertThat(response.getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void ednsIsAnsweredWithEdnsAndOnlyThen() {
        var query = query("www.example.", Type.A);
        assertThat(responder.ask(query, UDP).getOPT()).isNull();
        query.addRecord(new OPTRecord(4096, 0, 0, Flags.DO), Section.ADDITIONAL);
        var opt = opt(responder.ask(query, UDP));
        assertThat(opt.getPayloadSize()).isEqualTo(1232);
        assertThat(opt.getFlags()).isEqualTo(Flags.DO);
        assertThat(opt.getOptions()).isEmpty();
    }

    @Test
    void tellsItsNameWhoAsksForIt() {
        var query = query("www.example.", Type.A);
        query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(new NSIDOption(new byte[0]))), Section.ADDITIONAL);
        assertThat(opt(responder.ask(query, UDP)).getOptions())
                .containsExactly(new NSIDOption("amber-heron".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void answersACookieWithOneThatItTakes() {
        var client = new byte[] {1, 2, 3, 4, 5, 6, 7, 8};
        var strict = new TestResponder(TestResponder.limited(1, 1), TestResponder.ZONE);
        var first = cookie(strict.ask(withCookie(new CookieOption(client)), UDP));
        assertThat(first.getClientCookie()).isEqualTo(client);
        for (var i = 0; i < 10; i++) {
            var again = strict.ask(withCookie(first), UDP);
            assertThat(again.getHeader().getFlag(Flags.TC)).isFalse();
        }
        var other = new CookieOption(client, new byte[16]);
        assertThat(strict.ask(withCookie(other), UDP).getHeader().getFlag(Flags.TC))
                .isTrue();
    }

    @Test
    void aCookieMayBeAskedForWithoutAQuestion() {
        var query = new Message(7);
        query.addRecord(opt(new CookieOption(new byte[8])), Section.ADDITIONAL);
        var response = responder.ask(query, UDP);
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
        var response = responder.ask(query, UDP);
        assertThat(response.numBytes()).isLessThanOrEqualTo(limit);
        assertThat(response.getHeader().getFlag(Flags.TC)).isEqualTo(truncated);
        assertThat(response.getSection(Section.ANSWER).isEmpty()).isEqualTo(truncated);
    }

    @Test
    void nothingIsTruncatedOverTcp() {
        var response = responder.ask(query("large.example.", Type.TXT), TCP);
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
        var ours = new TestResponder(DnsConfig.DEFAULTS, zone);
        var query = query("many.example.", Type.MX);
        assertThat(ours.ask(query, TCP).getSection(Section.ADDITIONAL)).hasSize(3);
        query.addRecord(opt(new NSIDOption(new byte[0]), new CookieOption(new byte[8])), Section.ADDITIONAL);
        query.addRecord(Record.newRecord(TestZones.name("x"), 65280, DClass.IN, 0, new byte[0]), Section.ADDITIONAL);
        var response = ours.ask(query, UDP);
        assertThat(response.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(response.getSection(Section.ANSWER)).hasSize(3);
    }

    private static Message withCookie(CookieOption cookie) {
        var query = query("www.example.", Type.A);
        query.addRecord(opt(cookie), Section.ADDITIONAL);
        return query;
    }

    private static CookieOption cookie(Message response) {
        return (CookieOption) opt(response).getOptions().get(0);
    }
}
