/** What an operator does with a database that the nodes run: copy it, put it back, and type statements. */
@NullMarked
package io.colonnade.store.backup;

import org.jspecify.annotations.NullMarked;
