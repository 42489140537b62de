package io.colonnade.balancer;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request of HTTP/1 as it has arrived, before Vert.x reads it. What makes no sense, or what two readers may understand in two
 * ways, is refused here. All others get the one form that everything behind relies on: HTTP/1.0 or HTTP/1.1, a target that is a path or
 * {@code *}, at most one valid {@code Host}, which is the target's own if it has one, and no fields that are for one connection only.
 */
final class ArrivingHead {
    private static final String PROTOCOL = "HTTP";

    private ArrivingHead() {}

    /** Brings the head into that form. One that is refused gets the {@link Failure} that says why as the cause of its decoder's result. */
    static void check(HttpRequest head) {
        var refusal = version(head);
        if (head.decoderResult().isFailure()) {
            return;
        }
        refusal = refusal == null ? refusal(head) : refusal;
        if (refusal != null) {
            head.setDecoderResult(DecoderResult.failure(refusal));
        }
    }

    /** A later minor version is answered as HTTP/1.1 (RFC 9110 section 2.5). Vert.x knows versions by these two objects. */
    @SuppressWarnings("ReferenceEquality") // "http/1.1" makes an equal object
    private static @Nullable Failure version(HttpRequest head) {
        var version = head.protocolVersion();
        if (version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0) {
            return null;
        }
        head.setProtocolVersion(HttpVersion.HTTP_1_1);
        if (!version.protocolName().equals(PROTOCOL) || (version.majorVersion() == 1 && version.minorVersion() < 2)) {
            return malformed("the protocol is no HTTP");
        }
        return version.majorVersion() == 1
                ? null
                : new Failure(Kind.VERSION_NOT_SUPPORTED, Progress.NOTHING, "the version is " + version);
    }

    private static @Nullable Failure refusal(HttpRequest head) {
        var fields = head.headers();
        if (fields.contains(AsciiString.EMPTY_STRING)) {
            return malformed("a field has no name");
        }
        var refusal = host(head, fields);
        refusal = refusal == null ? target(head) : refusal;
        refusal =
                refusal == null && !hasKnownFraming(fields) ? malformed("the framing of the body is unknown") : refusal;
        return refusal == null ? HopByHop.stripRequest((MultiMap) fields, head) : refusal;
    }

    /** One in HTTP/1.1; in HTTP/1.0 there may be none (RFC 9112 section 3.2). */
    private static @Nullable Failure host(HttpRequest head, HttpHeaders fields) {
        var host = fields.get(HttpHeaderNames.HOST);
        if (host == null) {
            return head.protocolVersion().equals(HttpVersion.HTTP_1_0) ? null : malformed("there is no host");
        }
        return RequestHost.isValid(host) && fields.getAll(HttpHeaderNames.HOST).size() == 1
                ? null
                : malformed("the host makes no sense, or there are several");
    }

    private static @Nullable Failure target(HttpRequest head) {
        var target = head.uri();
        if (!hasOnlyTargetCharacters(target)) {
            return malformed("the target has characters that must be encoded");
        }
        if (head.method().equals(HttpMethod.CONNECT)) {
            return new Failure(Kind.METHOD_NOT_SUPPORTED, Progress.NOTHING, "this is no proxy for CONNECT");
        }
        if (target.startsWith("/") || (target.equals("*") && head.method().equals(HttpMethod.OPTIONS))) {
            return null;
        }
        return absolute(head, target);
    }

    /** Only what is visible in ASCII, and no fragment. */
    private static boolean hasOnlyTargetCharacters(String target) {
        for (var i = 0; i < target.length(); i++) {
            var c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return false;
            }
        }
        return true;
    }

    /** The absolute form, as to a proxy: its authority outweighs the field, which is replaced (section 3.2.2). */
    private static @Nullable Failure absolute(HttpRequest head, String target) {
        var start = afterScheme(target);
        if (start < 0) {
            return malformed("the target is no path, and not on this server");
        }
        var end = start;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        var authority = target.substring(start, end);
        if (!RequestHost.isValid(authority)) {
            return malformed("the authority of the target makes no sense");
        }
        head.headers().set(HttpHeaderNames.HOST, authority);
        head.setUri(path(target.substring(end), head.method()));
        return null;
    }

    /** An absolute form of OPTIONS without a path asks for the server as a whole (section 3.2.4). */
    private static String path(String rest, HttpMethod method) {
        if (rest.isEmpty() && method.equals(HttpMethod.OPTIONS)) {
            return "*";
        }
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static int afterScheme(String target) {
        for (var scheme : new String[] {"http://", "https://"}) {
            if (target.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return scheme.length();
            }
        }
        return -1;
    }

    /** Chunked, said once, is the only coding of a transfer: another one, or the same said otherwise, may hide a second request. */
    private static boolean hasKnownFraming(HttpHeaders fields) {
        var coding = fields.get(HttpHeaderNames.TRANSFER_ENCODING);
        return coding == null
                || (AsciiString.contentEqualsIgnoreCase(coding, HttpHeaderValues.CHUNKED)
                        && fields.getAll(HttpHeaderNames.TRANSFER_ENCODING).size() == 1);
    }

    static Failure malformed(String why) {
        return new Failure(Kind.BAD_REQUEST, Progress.NOTHING, why);
    }
}
