package org.dhcpcanon.packet;

/**
 * The fields of an IPv4 header that an operating system can be told by.
 *
 * @param timeToLive 1..255
 * @param typeOfService 0..255
 * @param dontFragment the DF bit
 * @param identification 0..65535
 */
public record IpHeader(int timeToLive, int typeOfService, boolean dontFragment, int identification) {}
