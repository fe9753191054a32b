package org.dhcpcanon.linux;

import jnr.ffi.LibraryLoader;

/** Calls that only tests make: to change the network namespace of this thread, and to make fifos. */
interface TestLibc {
    TestLibc C = LibraryLoader.create(TestLibc.class).load("c");
    int CLONE_NEWNET = 0x40000000;

    int unshare(int flags);

    int setns(int fd, int kind);

    int mkfifo(String path, int mode);
}
