/** Which servers there are, which one is written to, and how far behind the others are. */
@NullMarked
package io.colonnade.store.topology;

import org.jspecify.annotations.NullMarked;
