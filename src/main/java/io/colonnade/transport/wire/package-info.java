/** What carries batches of frames between two lanes: the event bus, or a connection of their own. */
@NullMarked
package io.colonnade.transport.wire;

import org.jspecify.annotations.NullMarked;
