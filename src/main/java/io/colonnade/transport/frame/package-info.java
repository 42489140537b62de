/** The frames and heads that nodes send one another, and how they are written and read. */
@NullMarked
package io.colonnade.transport.frame;

import org.jspecify.annotations.NullMarked;
