package org.dhcpcanon.shim;

import java.util.OptionalLong;

/** Numbers in text. */
final class Numbers {
    static final long LARGEST_U32 = 0xffffffffL;

    private Numbers() {}

    static OptionalLong decimal(String text, long least, long most) {
        return text.matches("-?[0-9]{1,10}") ? within(Long.parseLong(text), least, most) : OptionalLong.empty();
    }

    /** As C writes them: decimal, {@code 0x} hexadecimal, {@code 0} octal. */
    static OptionalLong any(String text, long least, long most) {
        if (text.matches("0[xX][0-9a-fA-F]{1,8}")) {
            return within(Long.parseLong(text.substring(2), 16), least, most);
        }
        if (text.matches("0[0-7]{1,11}")) {
            return within(Long.parseLong(text, 8), least, most);
        }
        return decimal(text, least, most);
    }

    /** One or two hexadecimal digits. */
    static OptionalLong hexadecimal(String text) {
        return text.matches("[0-9a-fA-F]{1,2}") ? OptionalLong.of(Long.parseLong(text, 16)) : OptionalLong.empty();
    }

    private static OptionalLong within(long number, long least, long most) {
        return number >= least && number <= most ? OptionalLong.of(number) : OptionalLong.empty();
    }
}
