/** The bundled site, www.foobar.com: a message board. */
@NullMarked
package io.colonnade.foobar;

import org.jspecify.annotations.NullMarked;
