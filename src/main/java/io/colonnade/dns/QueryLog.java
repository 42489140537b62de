package io.colonnade.dns;

import java.io.IOException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Logs every n-th query, in one line. Used by one thread. */
final class QueryLog {
    private static final Logger log = LoggerFactory.getLogger("io.colonnade.dns.queries");

    private final int every;
    private int skipped;

    /** @param every one in this many queries is logged; 0 for none */
    QueryLog(int every) {
        this.every = every;
    }

    void record(QueryClient client, Query query, int rcode, int octets) {
        if (every > 0 && ++skipped >= every) {
            skipped = 0;
            log.info("{} {} {} {} octets", client, question(query), Rcode.string(rcode), octets);
        }
    }

    private static String question(Query query) {
        if (!query.hasQuestion()) {
            return "-";
        }
        try {
            // Control characters in a name are written as escapes (RFC 1035, section 5.1), so that it stays one line.
            var name = new Name(Arrays.copyOfRange(query.bytes(), DnsWire.HEADER, query.nameEnd()));
            return name + " " + DClass.string(query.dclass()) + " " + Type.string(query.type());
        } catch (IOException defect) {
            throw new IllegalStateException("a name was taken for one that is none", defect);
        }
    }
}
