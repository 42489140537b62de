/** The links between lanes: numbered batches, what is lost of them, flow control, and the streams that they carry. */
@NullMarked
package io.colonnade.transport.link;

import org.jspecify.annotations.NullMarked;
