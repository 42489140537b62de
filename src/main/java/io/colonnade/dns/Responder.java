package io.colonnade.dns;

import io.colonnade.core.Clock;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Makes the response to a query. Used by one thread. */
final class Responder {
    private static final int PLAIN_UDP = 512;
    private static final int TCP = 65535;
    private static final int FIRST_META_TYPE = 128;
    private static final int NSID = 3;
    private static final Answer NOTHING = Answer.empty(Rcode.NOERROR);
    private static final Answer REFUSED = Answer.empty(Rcode.REFUSED);
    private static final Answer NOTIMP = Answer.empty(Rcode.NOTIMP);
    private static final Answer BADVERS = Answer.empty(Rcode.BADVERS);

    private final Supplier<Zones> zones;
    private final Encoder encoder;
    private final Cookies cookies;
    private final RateLimit rateLimit;
    private final DnsFigures figures;
    private final QueryLog log;
    private final boolean nsid;
    private final byte[] identity;
    private AnswerCache answers;

    /**
     * @param zones gives the present zones; called for each query
     * @param node the node's name, which clients get that ask for it, if the settings allow that
     */
    Responder(Supplier<Zones> zones, DnsConfig config, String node, DnsFigures figures, Clock clock) {
        this.zones = zones;
        this.encoder = new Encoder(config.maxAnswers());
        this.cookies = Cookies.random(clock);
        this.rateLimit = new RateLimit(config.rateLimit(), clock);
        this.figures = figures;
        this.log = new QueryLog(config.queryLog());
        this.nsid = config.nsid();
        this.identity = node.getBytes(StandardCharsets.US_ASCII);
        this.answers = new AnswerCache(zones.get(), encoder);
    }

    /**
     * Writes the response to a message.
     *
     * @param query null if the message is no query that may be answered
     * @param out gets the response; must have room for 65,535 octets
     * @return the length of the response; 0 if none is to be sent
     */
    int respond(@Nullable Query query, QueryClient client, byte[] out) {
        figures.query(client);
        if (query == null) {
            figures.malformed();
            return 0;
        }
        var verdict = verdict(query, client);
        if (verdict == RateLimit.Verdict.DROP) {
            return 0;
        }
        var truncated = verdict == RateLimit.Verdict.TRUNCATE;
        var answer = truncated ? NOTHING : answer(query);
        var length = write(query, answer, truncated, client, out);
        log.record(client, query, answer.rcode(), length);
        return length;
    }

    private RateLimit.Verdict verdict(Query query, QueryClient client) {
        var edns = query.edns();
        if (!client.udp() || (edns != null && cookies.isValid(edns.cookie(), client.address()))) {
            return RateLimit.Verdict.SEND;
        }
        var verdict = rateLimit.count(client.address());
        if (verdict != RateLimit.Verdict.SEND) {
            figures.limited();
        }
        return verdict;
    }

    private Answer answer(Query query) {
        var edns = query.edns();
        if (query.rcode() == Rcode.FORMERR) {
            figures.malformed();
        }
        if (edns != null && edns.version() != 0) {
            return BADVERS;
        }
        if (query.rcode() != Rcode.NOERROR || !query.hasQuestion()) {
            return Answer.empty(query.rcode());
        }
        if (query.dclass() != DClass.IN) {
            return REFUSED;
        }
        if (isMeta(query.type())) {
            return query.type() == Type.AXFR || query.type() == Type.IXFR ? REFUSED : NOTIMP;
        }
        return present().of(query);
    }

    /** Types of questions that no record can have, without ANY (RFC 6895, section 3.1). */
    private static boolean isMeta(int type) {
        return type == Type.OPT || (type >= FIRST_META_TYPE && type < Type.ANY);
    }

    @SuppressWarnings("ReferenceEquality") // zones are replaced as a whole
    private AnswerCache present() {
        var now = zones.get();
        if (answers.zones() != now) {
            answers = new AnswerCache(now, encoder);
        }
        return answers;
    }

    private int write(Query query, Answer answer, boolean truncate, QueryClient client, byte[] out) {
        var limit = limit(query, client) - query.questionEnd() - optLength(query);
        var fitting = answer.length() <= limit || answer.additionalNeeded() ? answer : answer.withoutAdditional();
        var truncated = truncate || fitting.length() > limit;
        var sent = truncated ? NOTHING : fitting;
        System.arraycopy(query.bytes(), 0, out, 0, query.questionEnd());
        header(query, answer, sent, truncated, out);
        System.arraycopy(sent.body(), 0, out, query.questionEnd(), sent.length());
        var rotation = sent.rotation();
        if (rotation != null) {
            rotation.write(out, query.questionEnd());
        }
        figures.response(answer.rcode(), truncated);
        return opt(query, answer.rcode(), client, out, query.questionEnd() + sent.length());
    }

    private static void header(Query query, Answer answer, Answer sent, boolean truncated, byte[] out) {
        var recursionDesired = out[2] & 1;
        out[2] = (byte) (0x80
                | query.opcode() << 3
                | (answer.authoritative() ? 4 : 0)
                | (truncated ? 2 : 0)
                | recursionDesired);
        // The bits RA and AD are not set, and CD is cleared (RFC 4035, section 3.1.6).
        out[3] = (byte) (answer.rcode() & 0xf);
        DnsWire.putU16(out, 4, query.hasQuestion() ? 1 : 0);
        DnsWire.putU16(out, 6, sent.answers());
        DnsWire.putU16(out, 8, sent.authorities());
        DnsWire.putU16(out, 10, sent.additionals() + (query.edns() == null ? 0 : 1));
    }

    private static int limit(Query query, QueryClient client) {
        var edns = query.edns();
        if (!client.udp()) {
            return TCP;
        }
        return edns == null ? PLAIN_UDP : Math.max(PLAIN_UDP, Math.min(edns.payload(), Edns.UDP_PAYLOAD));
    }

    private int optLength(Query query) {
        var edns = query.edns();
        if (edns == null) {
            return 0;
        }
        return 1
                + DnsWire.RECORD_FIXED
                + (edns.cookie().length > 0 ? Cookies.OPTION : 0)
                + (nsid && edns.nsid() ? 4 + identity.length : 0);
    }

    private int opt(Query query, int rcode, QueryClient client, byte[] out, int at) {
        var edns = query.edns();
        if (edns == null) {
            return at;
        }
        var options = Edns.write(out, at, Edns.UDP_PAYLOAD, rcode >> 4, edns.dnssecOk());
        var end = options;
        if (edns.cookie().length > 0) {
            end = cookies.write(out, end, edns.cookie(), client.address());
        }
        if (nsid && edns.nsid()) {
            DnsWire.putU16(out, end, NSID);
            DnsWire.putU16(out, end + 2, identity.length);
            System.arraycopy(identity, 0, out, end + 4, identity.length);
            end += 4 + identity.length;
        }
        DnsWire.putU16(out, options - 2, end - options);
        return end;
    }
}
