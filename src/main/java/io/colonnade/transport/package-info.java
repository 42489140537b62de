/**
 * HTTP exchanges between nodes as streams of frames, on the event bus or on connections between two lanes. The only owner of the event
 * bus.
 */
@NullMarked
package io.colonnade.transport;

import org.jspecify.annotations.NullMarked;
