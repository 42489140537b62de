/** Exchanges that this lane sends to other members' lanes. */
@NullMarked
package io.colonnade.transport.forwarded;

import org.jspecify.annotations.NullMarked;
