/** Changes of the configuration file while the node runs. */
@NullMarked
package io.colonnade.node.reload;

import org.jspecify.annotations.NullMarked;
