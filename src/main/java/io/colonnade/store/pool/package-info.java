/** The pools that sites use: connections to the right server, guarded statements, and transactions. */
@NullMarked
package io.colonnade.store.pool;

import org.jspecify.annotations.NullMarked;
