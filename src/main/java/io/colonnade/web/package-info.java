/** The web tier: serves static files, and hands all other requests to the application tier. */
@NullMarked
package io.colonnade.web;

import org.jspecify.annotations.NullMarked;
