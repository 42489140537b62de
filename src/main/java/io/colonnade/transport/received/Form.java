package io.colonnade.transport.received;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpUtils;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Parses a form as it arrives (RFC 7578, or URL-encoded). Its files are streamed, and never held in memory. */
final class Form {
    private final HttpServerRequestInternal request;
    private final MultiMap attributes;
    private final Handler<HttpServerFileUpload> onUpload;
    private final Consumer<Throwable> onMalformed;
    private @Nullable HttpPostRequestDecoder decoder;
    private @Nullable ReceivedUpload current;

    /**
     * @param attributes gets the fields that are not files, at the form's end
     * @throws IllegalStateException if the request is no form, in the words of Vert.x's own server
     */
    Form(
            HttpServerRequestInternal request,
            MultiMap attributes,
            Handler<HttpServerFileUpload> onUpload,
            Consumer<Throwable> onMalformed) {
        this.request = request;
        this.attributes = attributes;
        this.onUpload = onUpload;
        this.onMalformed = onMalformed;
        var contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        var method = HttpMethod.valueOf(request.method().name());
        if (contentType == null) {
            throw new IllegalStateException("Request must have a content-type header to decode a multipart request");
        }
        if (!HttpUtils.isValidMultipartContentType(contentType)) {
            throw new IllegalStateException(
                    "Request must have a valid content-type header to decode a multipart request");
        }
        if (!HttpUtils.isValidMultipartMethod(method)) {
            throw new IllegalStateException(
                    "Request method must be one of POST, PUT, PATCH or DELETE to decode a multipart request");
        }
        var head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, request.uri());
        head.headers().set(HttpHeaders.CONTENT_TYPE, contentType);
        var parts = new Parts();
        parts.setMaxLimit(HttpServerOptions.DEFAULT_MAX_FORM_ATTRIBUTE_SIZE);
        this.decoder = new HttpPostRequestDecoder(
                parts,
                head,
                StandardCharsets.UTF_8,
                HttpServerOptions.DEFAULT_MAX_FORM_FIELDS,
                HttpServerOptions.DEFAULT_MAX_FORM_BUFFERED_SIZE);
    }

    void offer(Buffer chunk) {
        var open = decoder;
        if (open != null) {
            decode(() -> open.offer(new DefaultHttpContent(((BufferInternal) chunk).getByteBuf())));
        }
    }

    void end() {
        var open = decoder;
        if (open != null) {
            decode(() -> takeAttributes(open));
            destroy();
        }
    }

    void fail(Throwable cause) {
        if (current != null) {
            current.fail(cause);
        }
        destroy();
    }

    private void takeAttributes(HttpPostRequestDecoder open) {
        open.offer(LastHttpContent.EMPTY_LAST_CONTENT);
        while (open.hasNext()) {
            if (open.next() instanceof Attribute attribute) {
                attributes.add(attribute.getName(), value(attribute));
                attribute.release();
            }
        }
    }

    private static String value(Attribute attribute) {
        try {
            return attribute.getValue();
        } catch (IOException neverForAttributesInMemory) {
            throw new IllegalStateException(neverForAttributesInMemory);
        }
    }

    private void decode(Runnable step) {
        try {
            step.run();
        } catch (HttpPostRequestDecoder.EndOfDataDecoderException expectedAtTheEnd) {
            // Netty throws it to say that there are no more parts.
        } catch (HttpPostRequestDecoder.ErrorDataDecoderException
                | HttpPostRequestDecoder.TooLongFormFieldException
                | HttpPostRequestDecoder.TooManyFormFieldsException malformed) {
            destroy();
            onMalformed.accept(malformed);
        }
    }

    private void destroy() {
        if (decoder != null) {
            decoder.destroy();
            decoder = null;
        }
    }

    /** Turns files into streams, and leaves attributes in memory. */
    private final class Parts extends DefaultHttpDataFactory {
        Parts() {
            super(false);
        }

        @Override
        public FileUpload createFileUpload(
                HttpRequest head,
                String name,
                String filename,
                String type,
                String encoding,
                Charset charset,
                long size) {
            var upload = new ReceivedUpload(request, name, filename, type, encoding, charset, size);
            current = upload;
            onUpload.handle(upload);
            return new UploadSink(upload, name, filename, type, encoding, charset, size);
        }
    }

    /** Takes the bytes of a file from Netty's decoder. */
    private static final class UploadSink extends io.netty.handler.codec.http.multipart.MemoryFileUpload {
        private final ReceivedUpload upload;
        private boolean completed;

        UploadSink(
                ReceivedUpload upload,
                String name,
                String filename,
                String type,
                String encoding,
                Charset charset,
                long size) {
            super(name, filename, type, encoding, charset, size);
            this.upload = upload;
        }

        @Override
        public void setContent(ByteBuf bytes) {
            addContent(bytes, true);
        }

        @Override
        public void addContent(@Nullable ByteBuf bytes, boolean last) {
            if (bytes != null) {
                upload.arrived(BufferInternal.buffer(bytes));
            }
            if (last) {
                completed = true;
                upload.arrivedAll();
            }
        }

        @Override
        public boolean isCompleted() {
            return completed;
        }

        @Override
        public void delete() {
            // Nothing is held.
        }
    }
}
