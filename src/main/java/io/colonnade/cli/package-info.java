/** Main and the commands. Only this package calls System.exit and writes to standard output. */
@NullMarked
package io.colonnade.cli;

import org.jspecify.annotations.NullMarked;
