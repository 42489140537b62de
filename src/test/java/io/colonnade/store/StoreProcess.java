package io.colonnade.store;

import io.colonnade.core.Clock;
import io.colonnade.core.PortRange;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.StoreConfig;
import io.colonnade.testing.MapInMemory;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** A process that uses an embedded database as a node does; locks of files are between processes. */
final class StoreProcess {
    static final String SECRET = "COLONNADE_SECRET";

    private StoreProcess() {}

    static Process start(Path data) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), StoreProcess.class.getName(), data.toString());
        builder.environment().put(SECRET, "for nodes only");
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(data.toFile(), "process.log")))
                .start();
    }

    /** Ends in order on the first line of its input, or at its end. */
    public static void main(String[] arguments) throws IOException {
        var vertx = Vertx.vertx();
        var store = Store.open(
                vertx,
                StoreConfig.DEFAULTS,
                new Database.Embedded(Path.of(arguments[0]), "node", "127.0.0.1", true, PortRange.ANY),
                new MapInMemory(),
                Clock.system());
        store.start().await();
        System.in.read();
        store.stop().await();
        vertx.close().await();
    }
}
