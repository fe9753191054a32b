package org.dhcpcanon.app;

import java.util.ArrayList;
import java.util.List;

/**
 * Options that the administrator wants to ask for besides the profile's, from {@code DHCPCANON_REQUEST}: codes joined by commas,
 * such as {@code 15,26,42,119}.
 */
final class MoreOptions {
    static final String VARIABLE = "DHCPCANON_REQUEST";

    private MoreOptions() {}

    /**
     * @throws IllegalArgumentException with words for the user, if the list holds anything but codes of 1 to 254
     */
    static List<Integer> parse(String list) {
        List<Integer> codes = new ArrayList<>();
        for (String item : list.isBlank() ? new String[0] : list.split(",", -1)) {
            codes.add(code(item.strip()));
        }
        return codes;
    }

    private static int code(String item) {
        int code = item.matches("[0-9]{1,3}") ? Integer.parseInt(item) : 0;
        if (code < 1 || code > 254) {
            throw new IllegalArgumentException(
                    VARIABLE + ": \"" + item + "\" is not an option code; expected numbers of 1 to 254 and commas");
        }
        return code;
    }
}
