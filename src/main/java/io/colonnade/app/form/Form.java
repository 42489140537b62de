package io.colonnade.app.form;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderException;
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
import io.netty.handler.codec.http.multipart.MemoryAttribute;
import io.netty.handler.codec.http.multipart.MemoryFileUpload;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.impl.HttpUtils;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Parses a form as it arrives (RFC 7578, or URL-encoded). Its files are streamed, and never held in memory. Used on the event loop of its
 * request.
 */
public final class Form {
    /** What becomes of a form. */
    public interface Reader {
        /** A file begins. */
        void file(HttpServerFileUpload file);

        /** The form cannot be read. Called once; nothing else of the form follows. */
        void malformed(DecoderException cause);

        /** The form has more than the limits allow. Called once; nothing else of the form follows. */
        void tooLarge(String limit);
    }

    /**
     * Bytes of a form among which a part must begin, or have content: more than the head of a part has, or what may come before the first
     * part. The decoder would hold all of it.
     */
    private static final int MOST_WITHOUT_CONTENT = 16 << 10;

    private final HttpServerRequestInternal request;
    private final FormLimits limits;
    private final Reader reader;
    private final MultiMap attributes = MultiMap.caseInsensitiveMultiMap();
    private final WholeDelimiters delimiters = new WholeDelimiters();
    private @Nullable HttpPostRequestDecoder decoder;
    private @Nullable DecoderException unreadable;
    private @Nullable FormUpload current;
    private boolean empty = true;
    private int bytes;
    private int withoutContent;

    /** @throws IllegalStateException if the request is no form, in the words of Vert.x's own server */
    public Form(HttpServerRequestInternal request, FormLimits limits, Reader reader) {
        this.request = request;
        this.limits = limits;
        this.reader = reader;
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
        try {
            decoder = new HttpPostRequestDecoder(
                    new Parts(), head, StandardCharsets.UTF_8, limits.fields(), limits.bytes());
            if (!decoder.isMultipart() && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
                destroy();
                unreadable = new DecoderException("there is no boundary");
            }
        } catch (HttpPostRequestDecoder.ErrorDataDecoderException noBoundary) {
            unreadable = noBoundary;
        } catch (IndexOutOfBoundsException emptyBoundary) { // Netty looks at its first character
            unreadable = new DecoderException("the boundary is empty", emptyBoundary);
        }
    }

    /** The fields that are not files; empty before the form's end. */
    public MultiMap attributes() {
        return attributes;
    }

    public void offer(Buffer chunk) {
        empty &= chunk.length() == 0;
        var open = decoder;
        if (open != null) {
            decode(() -> offer(open, open.isMultipart() ? delimiters.next(chunk) : chunk));
        } else {
            tellUnreadable();
        }
    }

    public void end() {
        var open = decoder;
        if (open != null) {
            decode(() -> takeAttributes(open));
            destroy();
        } else {
            tellUnreadable();
        }
    }

    /** The rest of the request will not arrive. */
    public void fail(Throwable cause) {
        if (current != null) {
            current.fail(cause);
        }
        destroy();
    }

    private void tellUnreadable() {
        var cause = unreadable;
        unreadable = null;
        if (cause != null) {
            reader.malformed(cause);
        }
    }

    private void offer(HttpPostRequestDecoder open, Buffer chunk) {
        withoutContent += chunk.length();
        open.offer(new DefaultHttpContent(((BufferInternal) chunk).getByteBuf()));
        if (open.isMultipart() && withoutContent > MOST_WITHOUT_CONTENT) {
            throw new HttpPostRequestDecoder.ErrorDataDecoderException(
                    "the head of a part has more than " + MOST_WITHOUT_CONTENT + " bytes");
        }
    }

    private void takeAttributes(HttpPostRequestDecoder open) {
        offer(open, delimiters.rest());
        open.offer(LastHttpContent.EMPTY_LAST_CONTENT);
        while (open.hasNext()) {
            if (open.next() instanceof Attribute attribute) {
                attributes.add(attribute.getName(), value(attribute));
                attribute.release();
            }
        }
        // At the delimiter that ends a multipart body, Netty says that there are no more parts by an exception.
        if (open.isMultipart() && !empty) {
            throw new HttpPostRequestDecoder.ErrorDataDecoderException("the form has no end");
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
        } catch (HttpPostRequestDecoder.TooManyFormFieldsException tooMany) {
            refuse(tooMany, "a form may have " + limits.fields() + " fields at most (app.max-form-fields)");
        } catch (HttpPostRequestDecoder.TooLongFormFieldException tooLong) {
            refuse(tooLong, bytesLimit());
        } catch (HttpPostRequestDecoder.ErrorDataDecoderException malformed) {
            if (bytes > limits.bytes()) {
                refuse(malformed, bytesLimit());
            } else {
                fail(malformed);
                reader.malformed(malformed);
            }
        }
    }

    private void refuse(DecoderException cause, String limit) {
        fail(cause);
        reader.tooLarge(limit);
    }

    private String bytesLimit() {
        return "the fields of a form may have " + limits.bytes() + " bytes at most (app.max-form-bytes)";
    }

    private void count(int more) {
        bytes += more;
        if (bytes > limits.bytes()) {
            throw new HttpPostRequestDecoder.ErrorDataDecoderException("too many bytes");
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
        public Attribute createAttribute(HttpRequest head, String name) {
            count(name.length());
            return new CountedAttribute(name);
        }

        @Override
        public Attribute createAttribute(HttpRequest head, String name, long size) {
            return createAttribute(head, name);
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
            var upload = new FormUpload(request, name, filename, type, encoding, charset, size);
            current = upload;
            reader.file(upload);
            return new UploadSink(upload, name, filename, type, encoding, charset, size);
        }
    }

    /** A field whose bytes count. */
    private final class CountedAttribute extends MemoryAttribute {
        CountedAttribute(String name) {
            super(name, StandardCharsets.UTF_8);
        }

        @Override
        public void addContent(@Nullable ByteBuf content, boolean last) throws IOException {
            withoutContent = 0;
            count(content == null ? 0 : content.readableBytes());
            super.addContent(content, last);
        }
    }

    /** Takes the bytes of a file from Netty's decoder. */
    private final class UploadSink extends MemoryFileUpload {
        private final FormUpload upload;
        private boolean completed;

        UploadSink(
                FormUpload upload,
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
            withoutContent = 0;
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
