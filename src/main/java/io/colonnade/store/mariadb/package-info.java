/** The files and the process of a MariaDB server that a node runs. */
@NullMarked
package io.colonnade.store.mariadb;

import org.jspecify.annotations.NullMarked;
