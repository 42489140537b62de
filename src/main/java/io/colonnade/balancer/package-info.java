/** The tier that owns the public port. */
@NullMarked
package io.colonnade.balancer;

import org.jspecify.annotations.NullMarked;
