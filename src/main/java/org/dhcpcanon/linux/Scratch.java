package org.dhcpcanon.linux;

import jnr.ffi.Pointer;

/**
 * Room to bring octets to and from the kernel, one for all users on the loop thread, each of whom is done with it before calling
 * anybody else.
 */
final class Scratch {
    private final Pointer memory;
    private final byte[] bytes;

    Scratch(int length) {
        memory = Libc.allocate(length);
        bytes = new byte[length];
    }

    int length() {
        return bytes.length;
    }

    /** What the kernel reads and writes. */
    Pointer memory() {
        return memory;
    }

    void put(byte[] octets) {
        memory.put(0, octets, 0, octets.length);
    }

    /** The first octets of the memory, at the start of an array that is good until the next call. */
    byte[] fetch(int count) {
        memory.get(0, bytes, 0, count);
        return bytes;
    }
}
