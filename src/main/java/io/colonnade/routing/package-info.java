/** Finds the site of a host, selects the member that answers, and tries again on another one. */
@NullMarked
package io.colonnade.routing;

import org.jspecify.annotations.NullMarked;
