/** Streams that carry the bytes of an upgraded connection. */
@NullMarked
package io.colonnade.transport.tunnel;

import org.jspecify.annotations.NullMarked;
