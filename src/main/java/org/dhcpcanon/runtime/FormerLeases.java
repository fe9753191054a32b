package org.dhcpcanon.runtime;

/** The last lease of each connection, in /run only; used where the administrator has said so, and else not at all. */
@FunctionalInterface
public interface FormerLeases {
    /** Where there is nothing to remember. */
    FormerLeases NONE = connection -> LeaseStore.NONE;

    /**
     * @param connection NetworkManager's UUID: what says that a network is the same one, since to ask the network itself would show it
     *     where we have been
     */
    LeaseStore of(String connection);
}
