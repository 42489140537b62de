/** Vert.x as a site gets it: its servers, its verticles, its event bus. */
@NullMarked
package io.colonnade.app.verticle;

import org.jspecify.annotations.NullMarked;
