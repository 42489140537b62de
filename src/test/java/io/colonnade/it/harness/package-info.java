/** What integration tests start and talk to: nodes as processes, machines as network namespaces, clients, and a site made for tests. */
@NullMarked
package io.colonnade.it.harness;

import org.jspecify.annotations.NullMarked;
