/** Keeps the embedded server running, and tells the cluster where it is. */
@NullMarked
package io.colonnade.store.supervision;

import org.jspecify.annotations.NullMarked;
