package org.dhcpcanon.linux;

import jnr.ffi.Pointer;

/** A {@code struct msghdr} with one buffer, an address and one control message; layout of 64-bit Linux. */
final class MessageHeader {
    /** {@code struct cmsghdr}: length, level, type; the data follow. */
    static final int CONTROL_HEADER = 16;

    private static final int MSGHDR = 56;
    private static final int IOVEC = 16;
    private static final int CONTROL = 64;

    private final Pointer header = Libc.allocate(MSGHDR);
    private final Pointer vector = Libc.allocate(IOVEC);
    private final Pointer control = Libc.allocate(CONTROL);

    MessageHeader(Scratch data) {
        vector.putAddress(0, data.memory().address());
        header.putAddress(16, vector.address());
        header.putLong(24, 1);
        header.putAddress(32, control.address());
        dataLength(data.length());
    }

    Pointer pointer() {
        return header;
    }

    Pointer control() {
        return control;
    }

    void name(Pointer address, int length) {
        header.putAddress(0, address.address());
        header.putInt(8, length);
    }

    void dataLength(int length) {
        vector.putLong(8, length);
    }

    /** As long as there is room; the kernel overwrites it on receipt. */
    void wholeControl() {
        controlLength(CONTROL);
    }

    void controlLength(int length) {
        header.putLong(40, length);
    }

    int controlLength() {
        return (int) header.getLong(40);
    }

    int flags() {
        return header.getInt(48);
    }
}
