/**
 * Real nodes on several machines (network namespaces) lose processes, links, their database and their disks by a seeded
 * schedule, while clients with a known log of requests use them.
 */
package io.colonnade.chaos;
