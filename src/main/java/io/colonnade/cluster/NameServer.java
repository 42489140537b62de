package io.colonnade.cluster;

import io.colonnade.core.Address;

/**
 * The name server of a member with the role dns.
 *
 * @param address where it listens
 * @param serial of its zones, the one in their SOA records
 * @param content a digest of what its zones say, in hexadecimal: members with the same content shall have the same serial
 */
public record NameServer(Address address, long serial, String content) {}
