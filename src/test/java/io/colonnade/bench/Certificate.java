package io.colonnade.bench;

import io.colonnade.it.harness.Processes;
import java.nio.file.Path;

/** A server's certificate, signed by itself, on a curve as Colonnade's nodes have it. */
record Certificate(Path file, Path key) {
    static Certificate make(Path folder) {
        var made = new Certificate(folder.resolve("server.pem"), folder.resolve("server.key"));
        Processes.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                made.key().toString(),
                "-out",
                made.file().toString());
        return made;
    }
}
