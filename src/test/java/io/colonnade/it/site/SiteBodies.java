package io.colonnade.it.site;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.zip.CRC32;

/** Large bodies in both directions, and forms. */
final class SiteBodies {
    void addTo(Router router) {
        router.route("/download").handler(SiteBodies::download);
        router.route("/upload").handler(SiteBodies::upload);
        router.route("/form").handler(SiteBodies::form);
        router.route("/early").handler(SiteBodies::early);
    }

    /** {@code bytes} of the {@link Pattern}, with their length if {@code fixed} is given, else chunked with the CRC-32 as a trailer. */
    private static void download(RoutingContext context) {
        var bytes = Long.parseLong(context.request().getParam("bytes"));
        var response = context.response();
        if (context.request().getParam("fixed") == null) {
            response.setChunked(true);
        } else {
            response.putHeader("content-length", Long.toString(bytes));
        }
        new Download(response, bytes).go();
    }

    /** Counts the body and tells its CRC-32. */
    private static void upload(RoutingContext context) {
        var received = new Received();
        context.request().handler(received::add).endHandler(end -> context.json(received.json()));
    }

    /** Tells the attributes and the files of a form. */
    private static void form(RoutingContext context) {
        HttpServerRequest request = context.request().setExpectMultipart(true);
        var files = new JsonArray();
        request.uploadHandler(file -> receive(file, files));
        request.endHandler(end -> {
            var attributes = new JsonArray();
            request.formAttributes().forEach(pair -> attributes.add(pair.getKey() + "=" + pair.getValue()));
            context.json(new JsonObject().put("attributes", attributes).put("files", files));
        });
    }

    private static void receive(HttpServerFileUpload file, JsonArray files) {
        var received = new Received();
        file.handler(received::add)
                .endHandler(end -> files.add(received.json()
                        .put("name", file.name())
                        .put("filename", file.filename())
                        .put("type", file.contentType())));
    }

    /** Answers before it has read the body. */
    private static void early(RoutingContext context) {
        context.response().setStatusCode(403).end("no need to send all that");
    }

    /** Writes as fast as the client reads. */
    private static final class Download {
        private final HttpServerResponse response;
        private final long bytes;
        private final CRC32 crc = new CRC32();
        private long sent;

        Download(HttpServerResponse response, long bytes) {
            this.response = response;
            this.bytes = bytes;
        }

        void go() {
            while (sent < bytes && !response.writeQueueFull() && !response.closed()) {
                var piece = Pattern.piece(sent / Pattern.PIECE, (int) Math.min(Pattern.PIECE, bytes - sent));
                crc.update(piece.getBytes());
                sent += piece.length();
                response.write(piece);
            }
            if (sent < bytes) {
                response.drainHandler(drained -> go());
            } else {
                end();
            }
        }

        private void end() {
            if (response.isChunked()) {
                response.putTrailer("x-crc32", Long.toString(crc.getValue()));
            }
            response.end();
        }
    }

    /** What has come so far. */
    private static final class Received {
        private final CRC32 crc = new CRC32();
        private long bytes;

        void add(Buffer chunk) {
            bytes += chunk.length();
            crc.update(chunk.getBytes());
        }

        JsonObject json() {
            return new JsonObject().put("bytes", bytes).put("crc32", crc.getValue());
        }
    }
}
