package io.colonnade.dns;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Encodes what a zone answers. */
final class Encoder {
    private final int maxAnswers;

    /** @param maxAnswers the number of addresses that take turns in one answer, at most */
    Encoder(int maxAnswers) {
        this.maxAnswers = maxAnswers;
    }

    Answer encode(Name name, int type, Lookup lookup) {
        var message = new Message(0);
        message.addRecord(Record.newRecord(name, type, DClass.IN), Section.QUESTION);
        var answers = add(message, Section.ANSWER, lookup.answer());
        var authorities = add(message, Section.AUTHORITY, lookup.authority());
        var additionals = add(message, Section.ADDITIONAL, lookup.additional());
        var wire = message.toWire();
        var bodyAt = DnsWire.HEADER + name.length() + 4;
        var body = Arrays.copyOfRange(wire, bodyAt, wire.length);
        return new Answer(
                lookup.rcode(),
                lookup.authoritative(),
                body,
                answers,
                authorities,
                additionals,
                skip(body, 0, answers + authorities),
                lookup.isReferral() && additionals > 0,
                rotation(lookup.answer(), body, answers));
    }

    private int add(Message message, int section, List<RecordSet> sets) {
        var count = 0;
        for (var set : sets) {
            var most = set.weights().isEmpty() ? Integer.MAX_VALUE : maxAnswers;
            for (var record :
                    set.records().subList(0, Math.min(most, set.records().size()))) {
                message.addRecord(record, section);
                count++;
            }
        }
        return count;
    }

    /** Addresses that take turns are the last records of the answer section, and all of one size. */
    private @Nullable Rotation rotation(List<RecordSet> answer, byte[] body, int answers) {
        var last = answer.isEmpty() ? null : answer.get(answer.size() - 1);
        if (last == null || last.weights().isEmpty()) {
            return null;
        }
        var addresses = last.records().stream().map(Encoder::address).toList();
        var places = Math.min(maxAnswers, addresses.size());
        var first = skip(body, 0, answers - places);
        var size = skip(body, first, 1) - first;
        return new Rotation(addresses, last.weights(), first + size - addresses.get(0).length, size, places);
    }

    private static byte[] address(Record record) {
        return record instanceof ARecord v4
                ? v4.getAddress().getAddress()
                : ((AAAARecord) record).getAddress().getAddress();
    }

    private static int skip(byte[] body, int from, int records) {
        var at = from;
        for (var i = 0; i < records; i++) {
            at = DnsWire.endOfRecord(body, at, body.length);
        }
        return at;
    }
}
