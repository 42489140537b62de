package io.colonnade.dns;

import java.time.Duration;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TextParseException;

/** Makes SOA records (RFC 1035, section 3.3.13), and changed copies of them. */
final class Soa {
    private static final long REFRESH = 3600;
    private static final long RETRY = 600;
    private static final long EXPIRE = 1_209_600;

    private Soa() {}

    /** Makes the SOA record of a zone that does not have its own. */
    static SOARecord of(Name origin, Name primary, long serial, Duration negativeTtl) {
        var ttl = negativeTtl.toSeconds();
        return new SOARecord(origin, DClass.IN, ttl, primary, mailbox(origin), serial, REFRESH, RETRY, EXPIRE, ttl);
    }

    static SOARecord withTtl(SOARecord soa, long ttl) {
        return copy(soa, ttl, soa.getSerial());
    }

    static SOARecord withSerial(SOARecord soa, long serial) {
        return copy(soa, soa.getTTL(), serial);
    }

    private static SOARecord copy(SOARecord soa, long ttl, long serial) {
        return new SOARecord(
                soa.getName(),
                DClass.IN,
                ttl,
                soa.getHost(),
                soa.getAdmin(),
                serial,
                soa.getRefresh(),
                soa.getRetry(),
                soa.getExpire(),
                soa.getMinimum());
    }

    private static Name mailbox(Name origin) {
        try {
            return new Name("hostmaster", origin);
        } catch (TextParseException tooLong) {
            return origin;
        }
    }
}
