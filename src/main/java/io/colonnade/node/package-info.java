/** The composition root: starts a node, wires the tiers, drains and stops. */
@NullMarked
package io.colonnade.node;

import org.jspecify.annotations.NullMarked;
