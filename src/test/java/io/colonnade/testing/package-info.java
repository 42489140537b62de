/** What tests of several packages share: clients that send exact bytes, jars of sites, a shared map in memory. */
@NullMarked
package io.colonnade.testing;

import org.jspecify.annotations.NullMarked;
