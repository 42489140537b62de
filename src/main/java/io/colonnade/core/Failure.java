package io.colonnade.core;

/** Why an exchange was not answered by the tier that was asked, and how far it had got. It has no stack trace. */
public final class Failure extends RuntimeException {
    /** Whose doing a failure is. */
    public enum Source {
        DOWNSTREAM,
        UPSTREAM,
        INTERNAL
    }

    /** What a failure is, and the status that answers it. The ordinals travel between nodes: add at the end only. */
    public enum Kind {
        /** The request cannot be understood. */
        BAD_REQUEST(Source.DOWNSTREAM, 400),
        /** No site has the host of the request. */
        UNKNOWN_SITE(Source.DOWNSTREAM, 404),
        /** The request did not arrive in time. */
        REQUEST_TIMEOUT(Source.DOWNSTREAM, 408),
        /** The body is larger than the limit. */
        BODY_TOO_LARGE(Source.DOWNSTREAM, 413),
        /** The client went away; the status is what the access log shows. */
        DOWNSTREAM_CLOSED(Source.DOWNSTREAM, 499),
        /** No ready member has the site and the role. */
        NO_ENDPOINT(Source.UPSTREAM, 503),
        /** The member that had the exchange died, fell silent, or the connection to it broke. */
        MEMBER_LOST(Source.UPSTREAM, 502),
        /** The member ended the stream before its response was complete. */
        STREAM_RESET(Source.UPSTREAM, 502),
        /** The response head did not come within the time limit, or the response stood still for longer than it may. */
        RESPONSE_TIMEOUT(Source.UPSTREAM, 504),
        /** The site is not ready, or cannot be loaded. */
        SITE_UNAVAILABLE(Source.UPSTREAM, 503),
        /** The database does not answer. */
        DATABASE_UNAVAILABLE(Source.UPSTREAM, 503),
        /** The site's code failed. */
        SITE_FAILED(Source.INTERNAL, 500),
        /** A defect of ours. */
        INTERNAL(Source.INTERNAL, 500),
        /** The database has no space left to write to; it can be read. */
        DATABASE_FULL(Source.UPSTREAM, 503),
        /** The target is longer than the limit. */
        URI_TOO_LONG(Source.DOWNSTREAM, 414),
        /** The fields are larger than the limit. */
        HEAD_TOO_LARGE(Source.DOWNSTREAM, 431),
        /** The method is one that no site is asked for. */
        METHOD_NOT_SUPPORTED(Source.DOWNSTREAM, 501),
        /** The request is in a version of HTTP that its connection cannot speak. */
        VERSION_NOT_SUPPORTED(Source.DOWNSTREAM, 505),
        /** A disk of the node has no space left for an upload. */
        DISK_FULL(Source.UPSTREAM, 507);

        private final Source source;
        private final int status;

        Kind(Source source, int status) {
            this.source = source;
            this.status = status;
        }

        public Source source() {
            return source;
        }

        /** The HTTP status that answers a failure of this kind. */
        public int status() {
            return status;
        }
    }

    /** How far an exchange had got towards the endpoint that failed it, in order. The ordinals travel between nodes. */
    public enum Progress {
        /** Nothing had been sent, or the endpoint refused before it began: the request can be tried elsewhere whatever its method. */
        NOTHING,
        /** Some or all of the request had been sent, and nothing of the response had been passed on. */
        REQUEST,
        /** Some of the response had been passed on downstream. */
        RESPONSE
    }

    private final Kind kind;
    private final Progress progress;

    /**
     * @param message what happened, to which member or site, and what to do
     */
    public Failure(Kind kind, Progress progress, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.progress = progress;
    }

    /** The same failure, of an exchange that had got to {@code later}. */
    public Failure after(Progress later) {
        return new Failure(kind, later, String.valueOf(getMessage()));
    }

    public Kind kind() {
        return kind;
    }

    public Progress progress() {
        return progress;
    }
}
