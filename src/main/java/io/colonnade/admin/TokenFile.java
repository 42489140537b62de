package io.colonnade.admin;

import io.colonnade.core.StatusSource;
import io.colonnade.security.AdminToken;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/**
 * The token that orders need, and the file that has it. {@code /status} names the file, so that those who may read it find it.
 *
 * @param path absolute
 */
public record TokenFile(Path path, AdminToken token) implements StatusSource {
    @Override
    public String name() {
        return "admin";
    }

    @Override
    public JsonObject status() {
        return new JsonObject().put("tokenFile", path.toString());
    }
}
