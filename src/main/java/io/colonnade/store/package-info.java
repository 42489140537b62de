/** The database: the embedded MariaDB server or the user's own, one schema for each site. */
@NullMarked
package io.colonnade.store;

import org.jspecify.annotations.NullMarked;
