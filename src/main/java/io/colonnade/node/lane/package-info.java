/** A node's lanes: which event loop each runs on, what it is made of, and how it is warmed up. */
@NullMarked
package io.colonnade.node.lane;

import org.jspecify.annotations.NullMarked;
