package io.colonnade.it.dns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What came back, in the table's words. */
final class DnsReply {
    private static final int DNSSEC_OK = 0x8000;
    private static final Pattern MAY_LACK_THE_QUESTION = Pattern.compile("(FORMERR|NOTIMP)\\b.*");

    private final byte[] query;
    private final byte[] bytes;
    private final Message message;

    /** @throws IOException if it is not a well-formed message */
    DnsReply(byte[] query, byte[] bytes) throws IOException {
        this.query = query;
        this.bytes = bytes;
        this.message = new Message(bytes);
    }

    /** RCODE and flags. */
    String head() {
        var words = new ArrayList<String>();
        words.add(Rcode.string(message.getRcode()));
        for (var flag : List.of(Flags.AA, Flags.TC, Flags.RD, Flags.RA, Flags.AD, Flags.CD)) {
            if (message.getHeader().getFlag(flag)) {
                words.add(Flags.string(flag));
            }
        }
        if (message.getOPT() != null) {
            words.add("edns");
            if ((message.getOPT().getFlags() & DNSSEC_OK) != 0) {
                words.add("do");
            }
        }
        return String.join(" ", words);
    }

    List<DnsResource> answer() {
        return DnsResource.of(message.getSection(Section.ANSWER));
    }

    List<DnsResource> authority() {
        return DnsResource.of(message.getSection(Section.AUTHORITY));
    }

    List<DnsResource> additional() {
        return DnsResource.of(message.getSection(Section.ADDITIONAL).stream()
                .filter(record -> record.getType() != Type.OPT)
                .toList());
    }

    /** The EDNS options: code and hexadecimal value. */
    List<String> options() {
        return message.getOPT() == null
                ? List.of()
                : message.getOPT().getOptions().stream().map(DnsReply::option).toList();
    }

    /** The value of the first such option. */
    byte[] option(int code) {
        return options().stream()
                .filter(option -> option.startsWith(code + " "))
                .map(option -> HexFormat.of().parseHex(option.split(" ", 2)[1]))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no option " + code + " in\n" + message));
    }

    /** What must hold for every reply; empty if it does. */
    List<String> irregularities(DnsTransport transport) {
        var found = new ArrayList<String>();
        if (bytes[0] != query[0] || bytes[1] != query[1]) {
            found.add("the ID is not the query's");
        }
        if (!message.getHeader().getFlag(Flags.QR) || (bytes[3] & 0x40) != 0) {
            found.add("QR is clear or Z is set");
        }
        if (message.numBytes() != bytes.length) {
            found.add("octets after the message");
        }
        if (!hasTheQuestion()) {
            found.add("the question is not the query's");
        }
        var opt = message.getOPT();
        if (opt != null && (opt.getVersion() != 0 || (opt.getFlags() & ~DNSSEC_OK) != 0)) {
            found.add("the OPT record is of another version or has unknown flags");
        }
        if (transport == DnsTransport.UDP && bytes.length > allowed()) {
            found.add(bytes.length + " octets where " + allowed() + " are allowed");
        }
        return found;
    }

    private boolean hasTheQuestion() {
        if (message.getHeader().getCount(Section.QUESTION) == 0) {
            return query[5] == 0 || MAY_LACK_THE_QUESTION.matcher(head()).matches();
        }
        var end = 12 + message.getQuestion().getName().length() + 4;
        return message.getHeader().getCount(Section.QUESTION) == 1
                && end <= query.length
                && Arrays.equals(bytes, 12, end, query, 12, end);
    }

    /** RFC 6891 section 6.2.3: values lower than 512 are 512. */
    private int allowed() {
        try {
            var asked = new Message(query).getOPT();
            return asked == null ? 512 : Math.max(512, asked.getPayloadSize());
        } catch (IOException malformed) {
            return 512;
        }
    }

    private static String option(EDNSOption option) {
        var wire = option.toWire();
        return option.getCode() + " " + HexFormat.of().formatHex(wire, 4, wire.length);
    }

    @Override
    public String toString() {
        return message.toString();
    }
}
