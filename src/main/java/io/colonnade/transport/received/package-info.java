/** Exchanges that other members' lanes send here, as requests and responses that behave as Vert.x's own. */
@NullMarked
package io.colonnade.transport.received;

import org.jspecify.annotations.NullMarked;
