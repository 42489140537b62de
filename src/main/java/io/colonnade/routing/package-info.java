/** Sites by host, selectors, and the decision "this node or that one". */
@NullMarked
package io.colonnade.routing;

import org.jspecify.annotations.NullMarked;
