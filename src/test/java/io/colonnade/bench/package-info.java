/**
 * The benchmark: Colonnade beside HAProxy, nginx, Caddy, Tomcat and a bare Vert.x server, on the cost of a request. {@code src/bench/run}
 * starts it. Each {@link io.colonnade.bench.Case} starts its contenders, proves that they answer the same, and measures them in turn.
 */
@NullMarked
package io.colonnade.bench;

import org.jspecify.annotations.NullMarked;
