/** What the other sub-packages agree on: a server and how to sign in to it, the settings, and where servers come from. */
@NullMarked
package io.colonnade.store.server;

import org.jspecify.annotations.NullMarked;
