/** The composition root: wires the tiers, starts, drains and stops the node. */
@NullMarked
package io.colonnade;

import org.jspecify.annotations.NullMarked;
