/** The ground that integration tests stand on: nodes as processes, exact bytes over sockets, a site made for tests. */
@NullMarked
package io.colonnade.it;

import org.jspecify.annotations.NullMarked;
