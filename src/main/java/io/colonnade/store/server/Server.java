package io.colonnade.store.server;

import io.colonnade.core.Address;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * A database server and the account for it.
 *
 * @param identity of the server's data, made at its installation
 */
public record Server(String identity, Address address, String user, String password, Tls tls) {
    /** A server that the nodes run, which is reached without TLS. */
    public Server(String identity, Address address, String user, String password) {
        this(identity, address, user, password, Tls.NONE);
    }

    public static Server parse(Buffer json) {
        var fields = json.toJsonObject();
        return new Server(
                fields.getString("identity"),
                new Address(fields.getString("host"), fields.getInteger("port")),
                fields.getString("user"),
                fields.getString("password"));
    }

    public Buffer toBuffer() {
        return new JsonObject()
                .put("identity", identity)
                .put("host", address.host())
                .put("port", address.port())
                .put("user", user)
                .put("password", password)
                .toBuffer();
    }

    public Server at(Address other) {
        return new Server(identity, other, user, password, tls);
    }

    public boolean sameDataAs(Server other) {
        return identity.equals(other.identity);
    }

    @Override
    public String toString() {
        return user + "@" + address;
    }
}
