/** Deterministic simulations: hours of a cluster of twenty nodes in seconds, by the node's own decisions in virtual time. */
package io.colonnade.sim;
