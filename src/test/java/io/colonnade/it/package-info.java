/** Tests of whole nodes, each a process of its own that is started from the built jar. */
@NullMarked
package io.colonnade.it;

import org.jspecify.annotations.NullMarked;
