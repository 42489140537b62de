/** The name service as a client sees it: real nodes, real packets, and a second name server beside ours to compare with. */
@NullMarked
package io.colonnade.it.dns;

import org.jspecify.annotations.NullMarked;
