package io.colonnade.store.galera;

import io.colonnade.core.Address;
import io.colonnade.core.PortRange;
import io.colonnade.store.mariadb.DatabaseDirectory;
import io.colonnade.store.mariadb.ServerUser;
import io.colonnade.store.server.Database;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The directory of the files of a node's Galera server: {@code database/} in the node's own folder. */
public record MemberDirectory(DatabaseDirectory files) {
    /**
     * What the directory records of its server.
     *
     * @param identity made with the directory
     * @param address for clients
     * @param group the address for other members
     * @param known the members that may have what this server has or more: node names by identity
     */
    public record Kept(String identity, Address address, Address group, Map<String, String> known) {
        public Kept {
            known = Map.copyOf(known);
        }

        Kept with(Map<String, String> newKnown) {
            return new Kept(identity, address, group, newKnown);
        }
    }

    /** Creates the directory if it does not exist. */
    static MemberDirectory create(Path folder) throws IOException {
        return new MemberDirectory(DatabaseDirectory.create(folder));
    }

    /** The record, at the host; before the first start, with a new identity and ports. */
    Kept keptOrNew(String host, PortRange ports) throws IOException {
        var known = kept();
        if (known.isEmpty()) {
            return keep(fresh(host, ports, UUID.randomUUID().toString(), Map.of()));
        }
        var kept = known.get();
        return kept.address().host().equals(host)
                ? kept
                : keep(new Kept(kept.identity(), at(host, kept.address()), at(host, kept.group()), kept.known()));
    }

    /** The record; empty before the server's first start. */
    public Optional<Kept> kept() throws IOException {
        if (!Files.exists(member())) {
            return Optional.empty();
        }
        var json = Buffer.buffer(Files.readAllBytes(member())).toJsonObject();
        return Optional.of(new Kept(
                json.getString("identity"),
                Address.parse(json.getString("address"), 0),
                Address.parse(json.getString("group"), 0),
                GaleraMember.names(json.getJsonObject("known"))));
    }

    private static Address at(String host, Address address) {
        return new Address(host, address.port());
    }

    /** The record with other ports, because another process has taken the server's, or the range is another. */
    Kept moved(Kept kept, PortRange ports) throws IOException {
        return keep(fresh(kept.address().host(), ports, kept.identity(), kept.known()));
    }

    private static Kept fresh(String host, PortRange ports, String identity, Map<String, String> known)
            throws IOException {
        var free = ports.free(host, 2);
        return new Kept(identity, new Address(host, free.get(0)), new Address(host, free.get(1)), known);
    }

    Kept keep(Kept kept) throws IOException {
        var json = new JsonObject()
                .put("identity", kept.identity())
                .put("address", kept.address().toString())
                .put("group", kept.group().toString())
                .put("known", JsonObject.mapFrom(new TreeMap<>(kept.known())));
        DatabaseDirectory.replace(member(), json.toBuffer());
        return kept;
    }

    public GaleraState state() throws IOException {
        return GaleraState.read(stateFile());
    }

    Path stateFile() {
        return files.data().resolve("grastate.dat");
    }

    /** Whether an operator has decided that this server begins the cluster, whatever others may have. */
    boolean isChosen() {
        return Files.exists(chosen());
    }

    public void choose() throws IOException {
        Files.writeString(chosen(), "");
    }

    void forgetChoice() throws IOException {
        Files.deleteIfExists(chosen());
    }

    /** Writes the keys for a server that runs as the user. */
    void write(Database.Keys keys, String user) throws IOException {
        for (var file : Map.of(
                        certificate(), keys.certificate(), key(), keys.privateKey(), authorities(), keys.authorities())
                .entrySet()) {
            DatabaseDirectory.replace(file.getKey(), Buffer.buffer(file.getValue()));
            ServerUser.own(user, file.getKey());
        }
    }

    Path certificate() {
        return files.root().resolve("certificate.pem");
    }

    Path key() {
        return files.root().resolve("key.pem");
    }

    Path authorities() {
        return files.root().resolve("authorities.pem");
    }

    private Path chosen() {
        return files.root().resolve("chosen");
    }

    private Path member() {
        return files.root().resolve("member");
    }
}
