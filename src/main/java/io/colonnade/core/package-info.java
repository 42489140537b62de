/** The words every package shares: what an exchange is, how it fails, who a node is. */
@NullMarked
package io.colonnade.core;

import org.jspecify.annotations.NullMarked;
