package org.dhcpcanon.client;

/** What the one who was told about a lease said. */
public enum SinkAnswer {
    /** The lease is in use (or the news was taken). */
    ACCEPTED,
    /** The address is in use by another host: decline it (NetworkManager's {@code Device.Failed}). */
    REFUSED,
    /** Nobody could be told, or nobody answered in time. The lease stands. */
    UNHEARD
}
