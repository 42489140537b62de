/** The settings of a node: what they may be, and what follows from them. */
@NullMarked
package io.colonnade.node.settings;

import org.jspecify.annotations.NullMarked;
