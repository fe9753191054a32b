package org.dhcpcanon.command;

import java.util.Optional;

/**
 * One client as the service describes it.
 *
 * @param path of its object
 * @param options of its lease, by dhclient's names
 */
record ClientStatus(String path, Properties properties, Properties options) {
    static final String UNKNOWN = "unknown";

    ClientStatus with(Properties newOptions) {
        return new ClientStatus(path, properties, newOptions);
    }

    String interfaceName() {
        return text("Interface");
    }

    /** As it is; {@code unknown} if the service does not say. */
    String text(String name) {
        return properties.text(name).orElse(UNKNOWN);
    }

    /** With the length of the prefix, where the lease has a mask; {@code -} without a lease. */
    String address() {
        String address = text("Address");
        if (address.isEmpty()) {
            return "-";
        }
        return prefix().map(length -> address + "/" + length).orElse(address);
    }

    Optional<Integer> prefix() {
        return options.text("subnet_mask").flatMap(ClientStatus::length);
    }

    private static Optional<Integer> length(String mask) {
        int bits = 0;
        for (String octet : mask.split("\\.", -1)) {
            if (!octet.matches("[0-9]{1,3}")) {
                return Optional.empty();
            }
            bits += Integer.bitCount(Integer.parseInt(octet));
        }
        return Optional.of(bits);
    }
}
