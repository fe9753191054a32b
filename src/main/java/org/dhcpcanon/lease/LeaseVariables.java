package org.dhcpcanon.lease;

public final class LeaseVariables {
    private LeaseVariables() {}

    public static java.util.SortedMap<String, String> of(Lease l, long e) {
        return new java.util.TreeMap<>();
    }
}
