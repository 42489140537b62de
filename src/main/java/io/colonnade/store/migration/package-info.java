/** Makes a site's schema and runs its scripts. */
@NullMarked
package io.colonnade.store.migration;

import org.jspecify.annotations.NullMarked;
