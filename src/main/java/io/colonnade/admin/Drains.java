package io.colonnade.admin;

import io.vertx.core.Future;

/** Asks members of the cluster to drain, or to be selected again. */
public interface Drains {
    /** Completes when the member has been asked; fails if it could not be reached. May be called on any event loop. */
    Future<Void> drain(String member, boolean draining);
}
