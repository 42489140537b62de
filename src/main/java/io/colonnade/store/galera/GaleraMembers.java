package io.colonnade.store.galera;

import io.colonnade.store.server.Database;
import io.colonnade.store.server.Server;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reports of all servers of the Galera cluster, as the cluster has recorded them.
 *
 * @param all in the order of their first report, which is the same for all nodes; including those whose nodes have died
 */
public record GaleraMembers(List<GaleraMember> all) {
    static GaleraMembers parse(@Nullable Buffer json) {
        return new GaleraMembers(
                json == null
                        ? List.of()
                        : json.toJsonArray().stream()
                                .map(JsonObject.class::cast)
                                .map(GaleraMember::parse)
                                .toList());
    }

    Buffer toBuffer() {
        var json = new JsonArray();
        all.forEach(member -> json.add(member.toJson()));
        return json.toBuffer();
    }

    /** The members with the new report in place of the member's last one. */
    GaleraMembers with(GaleraMember told) {
        var members = new ArrayList<>(all);
        members.removeIf(member -> member.node().equals(told.node()) && !isSame(member, told));
        var at = members.stream().map(GaleraMember::identity).toList().indexOf(told.identity());
        if (at >= 0) {
            members.set(at, told);
        } else {
            members.add(told);
        }
        return new GaleraMembers(List.copyOf(members));
    }

    private static boolean isSame(GaleraMember one, GaleraMember other) {
        return one.identity().equals(other.identity());
    }

    Optional<GaleraMember> member(String identity) {
        return all.stream().filter(member -> member.identity().equals(identity)).findFirst();
    }

    /** The members whose nodes are present, so that their reports are up to date. */
    List<GaleraMember> of(Set<String> nodes) {
        return all.stream().filter(member -> nodes.contains(member.node())).toList();
    }

    /** The members' servers, with the account that this node uses. */
    public List<Server> servers(Database.Account account) {
        return all.stream()
                .map(member -> new Server(member.identity(), member.address(), account.user(), account.password()))
                .toList();
    }
}
