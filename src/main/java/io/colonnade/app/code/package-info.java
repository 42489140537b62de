/** The archive of a site as a class path, and which classes the site shares with the node. */
@NullMarked
package io.colonnade.app.code;

import org.jspecify.annotations.NullMarked;
