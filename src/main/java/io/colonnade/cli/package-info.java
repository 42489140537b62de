/** Main and the commands; only here System.exit and standard output. */
@NullMarked
package io.colonnade.cli;

import org.jspecify.annotations.NullMarked;
