package org.dhcpcanon.linux;

import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.Encoding;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the C library that this package makes, and nothing else. Names and arguments are those of the manual pages, sections
 * 2 and 3; a failed call returns -1, which {@link ErrnoException#check} turns into an exception.
 */
@Encoding("UTF-8")
interface Libc {
    Libc C = LibraryLoader.create(Libc.class).load("c");
    Runtime RUNTIME = Runtime.getRuntime(C);

    /** Zeroed memory outside the heap, freed some time after the last reference is gone. */
    static Pointer allocate(int length) {
        return Memory.allocateDirect(RUNTIME, length, true);
    }

    /** The errno of the last call that this thread made. */
    static int errno() {
        return LastError.getLastError(RUNTIME);
    }

    int socket(int domain, int type, int protocol);

    int bind(int fd, Pointer address, int length);

    int setsockopt(int fd, int level, int name, Pointer value, int length);

    int getsockopt(int fd, int level, int name, Pointer value, Pointer length);

    @ssize_t
    long sendto(int fd, Pointer bytes, @size_t long length, int flags, Pointer address, int addressLength);

    @ssize_t
    long sendmsg(int fd, Pointer message, int flags);

    @ssize_t
    long recvmsg(int fd, Pointer message, int flags);

    int poll(Pointer descriptors, @size_t long count, int milliseconds);

    int timerfd_create(int clock, int flags);

    int timerfd_settime(int fd, int flags, Pointer wanted, @Nullable Pointer before);

    int eventfd(int count, int flags);

    int clock_gettime(int clock, Pointer time);

    int open(String path, int flags);

    int statx(int directory, String path, int flags, int mask, Pointer result);

    @ssize_t
    long read(int fd, Pointer bytes, @size_t long length);

    @ssize_t
    long write(int fd, Pointer bytes, @size_t long length);

    int close(int fd);

    int kill(int process, int signal);

    int ioctl(int fd, @size_t long request, Pointer argument);

    @Nullable
    Pointer if_indextoname(int index, Pointer name);
}
