/** The tier that runs the sites' own code; the only owner of site class loaders and sessions. */
@NullMarked
package io.colonnade.app;

import org.jspecify.annotations.NullMarked;
