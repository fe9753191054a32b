package org.dhcpcanon.lease;

import java.util.SortedMap;

/** Stub until the dbus branch is merged. */
public final class PassedOn {
    private PassedOn() {}

    public static SortedMap<String, String> of(SortedMap<String, String> variables) {
        return variables;
    }
}
