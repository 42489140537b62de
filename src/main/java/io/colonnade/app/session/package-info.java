/** Sessions in the cluster's map. */
@NullMarked
package io.colonnade.app.session;

import org.jspecify.annotations.NullMarked;
