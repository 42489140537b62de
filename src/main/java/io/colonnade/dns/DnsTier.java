package io.colonnade.dns;

import io.colonnade.cluster.Membership;
import io.colonnade.cluster.NameServer;
import io.colonnade.cluster.Snapshot;
import io.colonnade.config.Port;
import io.colonnade.core.Address;
import io.colonnade.core.BindTrial;
import io.colonnade.core.Clock;
import io.colonnade.core.StatusSource;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The authoritative name server of the sites' zones. Its answers follow the membership: as soon as the membership says that a
 * balancer has died, is silent or drains, no answer names it. May be used on any thread.
 */
public final class DnsTier implements StatusSource {
    private final DnsConfig config;
    private final Membership membership;
    private final Consumer<NameServer> announce;
    private final DnsFigures figures = new DnsFigures();
    private final Health health;
    private final Serial serials;
    private final DnsServer server;

    /** All hosts of sites that any member has had. They stay when the last such member is lost, as they still exist. */
    private final Set<String> hosts = new TreeSet<>();

    private ZoneBuilder builder;
    private volatile @Nullable Address address;
    private @Nullable NameServer told;
    private volatile State state = State.FIRST;

    /** The zones, and what they were made from. */
    private record State(Zones zones, Alive alive, String content, long serial) {
        static final State FIRST = new State(Zones.NONE, Alive.NOBODY, "", 0);
    }

    /**
     * Makes the server, which does not listen yet. Blocks, as it reads zone files.
     *
     * @param node this node's name
     * @param announce tells the other members about this node's name server
     * @throws ZoneException if a zone of the settings cannot be used
     */
    public DnsTier(DnsConfig config, String node, Membership membership, Consumer<NameServer> announce, Clock clock) {
        this.config = config;
        this.membership = membership;
        this.announce = announce;
        this.health = new Health(config.ttl(), clock);
        this.serials = new Serial(clock);
        this.builder = new ZoneBuilder(config, ZoneLoader.load(config));
        this.server = new DnsServer(config, node, () -> state.zones(), figures, clock);
    }

    /**
     * Reads the zones of the settings to find out whether they can be used, and tries whether the port can be had, unless any free port
     * will do. Blocks.
     *
     * @param addresses where to listen if the settings do not say
     * @throws ZoneException if a zone cannot be used
     * @throws ListenException if the port cannot be had
     */
    public static void check(DnsConfig config, List<String> addresses, Port port) {
        var unused = ZoneLoader.load(config);
        if (port.orNext()) {
            return;
        }
        for (var host : places(config, addresses)) {
            var address = new Address(host, port.number());
            try {
                BindTrial.udp(address);
                BindTrial.tcp(address, false);
            } catch (IOException refused) {
                throw ListenException.refused(address, refused);
            }
        }
    }

    private static List<String> places(DnsConfig config, List<String> addresses) {
        return LocalAddresses.expand(config.bind().isEmpty() ? addresses : config.bind());
    }

    /**
     * Listens, and answers from now on. Blocks.
     *
     * @param addresses where to listen if the settings do not say
     * @return the first of the addresses
     * @throws ListenException if the port is taken. If the port may be the next free one, up to 100 ports are tried first
     */
    public Address open(List<String> addresses, Port port) {
        update(membership.snapshot());
        var bound = server.listen(places(config, addresses), port);
        address = bound;
        membership.onChange(this::update);
        return bound;
    }

    /** Stops answering. Blocks for up to 6 s. */
    public void close() {
        server.close();
    }

    /**
     * Replaces the zones of the settings, and reads their files again. Blocks. If the zones cannot be used, nothing changes.
     *
     * @throws ZoneException if they cannot be used
     */
    public void replaceZones(List<ZoneConfig> zones) {
        var changed = config.with(zones);
        var loaded = new ZoneBuilder(changed, ZoneLoader.load(changed));
        synchronized (this) {
            builder = loaded;
            // The empty digest differs from any, so that also a change of what it leaves out, such as a TTL, counts.
            state = new State(state.zones(), state.alive(), "", state.serial());
            update(membership.snapshot());
        }
    }

    private synchronized void update(Snapshot now) {
        now.members().stream().flatMap(member -> member.sites().stream()).forEach(site -> hosts.addAll(site.hosts()));
        var alive = health.of(now);
        var content = ZoneDigest.of(builder.build(hosts, alive, 0));
        var serial = serials.agree(content, now);
        if (!content.equals(state.content()) || serial != state.serial() || !alive.equals(state.alive())) {
            state = new State(builder.build(hosts, alive, serial), alive, content, serial);
        }
        tell();
    }

    /** Announces only what has changed. */
    private void tell() {
        var bound = address;
        var now = bound == null ? null : new NameServer(bound, state.serial(), state.content());
        if (now != null && !now.equals(told)) {
            told = now;
            announce.accept(now);
        }
    }

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public JsonObject status() {
        var now = state;
        var bound = address;
        return new JsonObject()
                .put("address", bound == null ? null : bound.toString())
                .put("ttl", now.alive().ttl().toSeconds())
                .put("panic", now.alive().panic())
                .put("zones", zones(now.zones().zones().values()))
                .mergeIn(figures.json());
    }

    private static JsonArray zones(Collection<Zone> zones) {
        var json = new JsonArray();
        zones.stream().sorted(Comparator.comparing(Zone::origin)).forEach(zone -> json.add(zone(zone)));
        return json;
    }

    private static JsonObject zone(Zone zone) {
        var answers = new JsonObject();
        zone.sets()
                .filter(set -> !set.weights().isEmpty())
                .sorted(Comparator.comparing(RecordSet::name))
                .forEach(set -> {
                    var host = set.name().toString(true);
                    var present = answers.getJsonArray(host, new JsonArray());
                    set.records().forEach(record -> present.add(record.rdataToString()));
                    answers.put(host, present);
                });
        return new JsonObject()
                .put("name", zone.origin().toString(true))
                .put("serial", zone.soa().getSerial())
                .put("answers", answers);
    }
}
