package io.colonnade.routing;

import org.jspecify.annotations.Nullable;

/** A policy at work on a fixed list of endpoints. Selecting allocates nothing and may be done on any thread. */
@FunctionalInterface
interface Selector {
    /** The endpoint for the next exchange, or null if there is none. */
    @Nullable
    Endpoint select();
}
