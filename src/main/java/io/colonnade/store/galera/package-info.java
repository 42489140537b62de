/** Keeps the servers of a Galera cluster running, one on each node with the role {@code db}. */
@NullMarked
package io.colonnade.store.galera;

import org.jspecify.annotations.NullMarked;
