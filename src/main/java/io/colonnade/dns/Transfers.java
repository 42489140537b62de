package io.colonnade.dns;

import io.colonnade.core.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Sends whole zones (AXFR, RFC 5936) to clients that may have them. A client that asks for changes (IXFR) gets the whole zone too. */
final class Transfers {
    /** The octets of records in one message, at most: enough to compress names well, and few enough to write at once. */
    private static final int MESSAGE = 16 << 10;

    private final Supplier<Zones> zones;
    private final List<Network> allowed;
    private final DnsFigures figures;

    Transfers(Supplier<Zones> zones, List<Network> allowed, DnsFigures figures) {
        this.zones = zones;
        this.allowed = allowed;
        this.figures = figures;
    }

    /** Whether the query asks for the transfer of a zone that exists and that the client may have. */
    boolean isAllowed(Query query, QueryClient client) {
        return query.rcode() == Rcode.NOERROR
                && (query.type() == Type.AXFR || query.type() == Type.IXFR)
                && query.dclass() == DClass.IN
                && allowed.stream().anyMatch(network -> network.contains(client.address()))
                && zone(query) != null;
    }

    /** The messages of the transfer: all records, between two copies of the SOA record. */
    List<byte[]> send(Query query, QueryClient client) {
        var zone = zone(query);
        if (zone == null) {
            return List.of();
        }
        figures.query(client);
        figures.transfer();
        var records = Stream.concat(zone.sets().flatMap(set -> set.records().stream()), Stream.of(zone.soa()))
                .toList();
        var messages = new ArrayList<byte[]>();
        var message = message(query);
        var octets = 0;
        for (var record : records) {
            var size = record.toWire(Section.ANSWER).length;
            if (octets > 0 && octets + size > MESSAGE) {
                messages.add(message.toWire());
                message = message(query);
                octets = 0;
            }
            message.addRecord(record, Section.ANSWER);
            octets += size;
        }
        messages.add(message.toWire());
        return messages;
    }

    private static Message message(Query query) {
        var message = new Message(DnsWire.u16(query.bytes(), 0));
        message.getHeader().setFlag(Flags.QR);
        message.getHeader().setFlag(Flags.AA);
        message.addRecord(Record.newRecord(name(query), query.type(), DClass.IN), Section.QUESTION);
        return message;
    }

    private @Nullable Zone zone(Query query) {
        return zones.get().zone(name(query));
    }

    private static Name name(Query query) {
        try {
            return new Name(Arrays.copyOfRange(query.bytes(), DnsWire.HEADER, query.nameEnd()));
        } catch (IOException defect) {
            throw new IllegalStateException("a name was taken for one that is none", defect);
        }
    }
}
