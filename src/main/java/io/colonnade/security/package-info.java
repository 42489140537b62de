/** The secret that a cluster's nodes share, and what is made of it: proofs, certificates, keys. */
@NullMarked
package io.colonnade.security;

import org.jspecify.annotations.NullMarked;
