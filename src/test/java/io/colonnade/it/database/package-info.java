/**
 * Real database servers for tests, from the system's packages ({@code mariadb-server}, {@code galera-4}, {@code rsync}), on loopback:
 * a {@link io.colonnade.it.database.MariaDb} alone, a {@link io.colonnade.it.database.Replication}, or a
 * {@link io.colonnade.it.database.Galera} cluster. A test opens one of the three in a try statement and hands the node
 * {@link io.colonnade.it.database.MariaDb#url}; on a machine without the packages it is skipped.
 */
@NullMarked
package io.colonnade.it.database;

import org.jspecify.annotations.NullMarked;
