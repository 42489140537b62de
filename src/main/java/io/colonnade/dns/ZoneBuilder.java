package io.colonnade.dns;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Makes the zones from the settings, the sites' hosts, and the members that are alive. */
final class ZoneBuilder {
    /** In seconds. Name servers change less often than balancers, and a resolver that knows several finds a living one. */
    private static final long NAME_SERVER_TTL = 300;

    private final DnsConfig config;
    private final Map<Name, ZoneRecords> configured;

    ZoneBuilder(DnsConfig config, List<ZoneRecords> configured) {
        this.config = config;
        this.configured = configured.stream().collect(Collectors.toMap(ZoneRecords::origin, zone -> zone));
    }

    /**
     * Makes the zones.
     *
     * @param hosts the hosts of all sites of the cluster
     * @param serial the serial of zones that follow the membership; other zones keep their own
     */
    Zones build(Collection<String> hosts, Alive alive, long serial) {
        var bySite = SiteZones.of(hosts, configured.keySet());
        var origins = new TreeSet<>(bySite.keySet());
        origins.addAll(configured.keySet());
        var zones = new ArrayList<Zone>();
        var withheld = new ArrayList<Name>();
        for (var origin : origins) {
            var names = bySite.getOrDefault(origin, Set.of());
            if (!names.isEmpty() && alive.balancers().isEmpty()) {
                withheld.add(origin);
            } else {
                zones.add(zone(origin, names, alive, serial));
            }
        }
        return Zones.of(zones, withheld);
    }

    private Zone zone(Name origin, Set<Name> hosts, Alive alive, long serial) {
        var given = configured.get(origin);
        var zone = given == null ? new ZoneRecords(origin) : given.copy();
        hosts.forEach(host -> addHost(zone, host, alive));
        var ownServers = zone.has(origin, Type.NS);
        var primary = ownServers ? origin : addNameServers(zone, alive);
        var soa = zone.soa();
        if (soa == null) {
            return zone.build(Soa.of(origin, primary, serial, config.negativeTtl()));
        }
        var follows = !hosts.isEmpty() || !ownServers;
        return zone.build(follows ? Soa.withSerial(soa, serial) : soa);
    }

    private static void addHost(ZoneRecords zone, Name host, Alive alive) {
        if (isFree(zone, host)) {
            addBalancers(zone, host, alive, Type.A);
            addBalancers(zone, host, alive, Type.AAAA);
        }
    }

    /** Whether the settings have no address or alias for the name; if they have, theirs stay. */
    private static boolean isFree(ZoneRecords zone, Name host) {
        return !zone.has(host, Type.A) && !zone.has(host, Type.AAAA) && !zone.has(host, Type.CNAME);
    }

    private static void addBalancers(ZoneRecords zone, Name host, Alive alive, int type) {
        var records = new ArrayList<Record>();
        var weights = new ArrayList<Integer>();
        for (var target : alive.balancers()) {
            var record = address(host, alive.ttl().toSeconds(), target.address());
            if (record.getType() == type) {
                records.add(record);
                weights.add(target.weight());
            }
        }
        if (!records.isEmpty()) {
            zone.add(new RecordSet(records, weights));
        }
    }

    /** Adds an NS record, with glue, for each member with the role dns; returns the first server's name. */
    private static Name addNameServers(ZoneRecords zone, Alive alive) {
        @Nullable Name first = null;
        for (var server : alive.nameServers()) {
            var name = child(server.name() + ".ns", zone.origin());
            zone.add(new NSRecord(zone.origin(), DClass.IN, NAME_SERVER_TTL, name));
            if (isFree(zone, name)) {
                server.addresses().forEach(address -> zone.add(address(name, NAME_SERVER_TTL, address)));
            }
            first = first == null ? name : first;
        }
        return first == null ? zone.origin() : first;
    }

    private static Record address(Name name, long ttl, String address) {
        try {
            var ip = InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(address));
            return ip.getAddress().length == 4
                    ? new ARecord(name, DClass.IN, ttl, ip)
                    : new AAAARecord(name, DClass.IN, ttl, ip);
        } catch (UnknownHostException defect) {
            throw new IllegalStateException(address + " is no IP address", defect);
        }
    }

    private static Name child(String labels, Name origin) {
        try {
            return new Name(labels, origin);
        } catch (TextParseException tooLong) {
            throw new IllegalStateException(tooLong);
        }
    }
}
