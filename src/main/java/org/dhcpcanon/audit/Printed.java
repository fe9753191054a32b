package org.dhcpcanon.audit;

import java.util.Locale;
import org.dhcpcanon.packet.Octets;

/** Text forms for people that hold printable ASCII only: what a capture holds may be meant for a terminal. */
final class Printed {
    private static final int LONGEST = 80;

    private Printed() {}

    /** As text if it is printable, otherwise in hexadecimal. */
    static String octets(Octets value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            int octet = value.u8At(i);
            if (octet < ' ' || octet > '~') {
                return shortened(value.toColonHex());
            }
            text.append((char) octet);
        }
        return shortened("\"" + text + "\"");
    }

    static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    /** With two digits behind the point. */
    static String seconds(long nanoseconds) {
        return String.format(Locale.ROOT, "%.2f", nanoseconds / 1e9);
    }

    static String milliseconds(long nanoseconds) {
        return String.format(Locale.ROOT, "%.2f", nanoseconds / 1e6);
    }
}
