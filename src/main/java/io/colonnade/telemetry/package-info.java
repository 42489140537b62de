/** What a node tells about itself: logging. */
@NullMarked
package io.colonnade.telemetry;

import org.jspecify.annotations.NullMarked;
