/** Typed settings: YAML, environment and flags bound to the records that the features own. */
@NullMarked
package io.colonnade.config;

import org.jspecify.annotations.NullMarked;
