package org.dhcpcanon.linux;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;

/** Calls that only tests make: to change the network namespace of this thread, and to make fifos and pairs of sockets. */
interface TestLibc {
    TestLibc C = LibraryLoader.create(TestLibc.class).load("c");
    int CLONE_NEWNET = 0x40000000;

    int AF_UNIX = 1;

    int unshare(int flags);

    int setns(int fd, int kind);

    int socketpair(int domain, int type, int protocol, Pointer descriptors);

    int mkfifo(String path, int mode);
}
