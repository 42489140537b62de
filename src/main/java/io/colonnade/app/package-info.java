/** The application tier: runs the code of the sites. It alone owns the sites' class loaders and their sessions. */
@NullMarked
package io.colonnade.app;

import org.jspecify.annotations.NullMarked;
