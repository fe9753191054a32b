package org.dhcpcanon.linux;

import jnr.constants.platform.Errno;

/** Other processes of this machine. */
public final class Processes {
    private Processes() {}

    /**
     * Whether there is a process with this id, whoever's it is. By kill(2), since /proc hides other processes from a service with
     * {@code ProtectProc=}.
     */
    public static boolean exists(int processId) {
        return Libc.C.kill(processId, 0) == 0 || Libc.errno() != Errno.ESRCH.intValue();
    }
}
