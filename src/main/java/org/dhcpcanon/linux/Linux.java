package org.dhcpcanon.linux;

import jnr.constants.platform.OpenFlags;

/**
 * Numbers of the kernel's interface, by their names in its headers. They hold for x86-64, AArch64, RISC-V, POWER, s390x and
 * LoongArch alike; the one that does not is asked from jnr-constants.
 */
final class Linux {
    static final int AF_UNSPEC = 0;
    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_NETLINK = 16;
    static final int AF_PACKET = 17;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    static final int ETH_P_IP = 0x0800;
    static final int ETH_P_ARP = 0x0806;
    /** Of all protocols, and then also what this machine sends. */
    static final int ETH_P_ALL = 0x0003;

    static final int ARPHRD_ETHER = 1;

    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    /** Also SOCK_NONBLOCK, TFD_NONBLOCK, EFD_NONBLOCK. */
    static final int O_NONBLOCK = 0x800;
    /** Also SOCK_CLOEXEC, TFD_CLOEXEC, EFD_CLOEXEC. */
    static final int O_CLOEXEC = 0x80000;

    static final int O_NOFOLLOW = OpenFlags.O_NOFOLLOW.intValue();

    static final int SOL_SOCKET = 1;
    static final int SO_REUSEADDR = 2;
    static final int SO_BROADCAST = 6;
    static final int SO_BINDTODEVICE = 25;
    static final int SO_ATTACH_FILTER = 26;
    static final int SO_MARK = 36;
    static final int SO_LOCK_FILTER = 44;

    static final int IPPROTO_IP = 0;
    static final int IP_TOS = 1;
    static final int IP_TTL = 2;
    static final int IP_PKTINFO = 8;
    static final int IP_MTU_DISCOVER = 10;
    static final int IP_PMTUDISC_DONT = 0;
    static final int IP_PMTUDISC_DO = 2;

    static final int SOL_PACKET = 263;
    static final int PACKET_STATISTICS = 6;
    static final int PACKET_AUXDATA = 8;
    static final int PACKET_OUTGOING = 4;
    static final int TP_STATUS_CSUMNOTREADY = 1 << 3;

    static final int MSG_TRUNC = 0x20;

    static final int POLLIN = 1;
    static final int POLLERR = 8;
    static final int POLLHUP = 16;

    static final int CLOCK_REALTIME = 0;
    static final int CLOCK_BOOTTIME = 7;
    static final int TFD_TIMER_ABSTIME = 1;

    static final int SIOCGSTAMPNS = 0x8907;
    static final int SIOCGIFNAME = 0x8910;
    static final int SIOCGIFFLAGS = 0x8913;
    static final int SIOCGIFMTU = 0x8921;
    static final int SIOCGIFHWADDR = 0x8927;
    static final int SIOCGIFINDEX = 0x8933;
    static final int IFNAMSIZ = 16;
    static final int IFF_UP = 1;
    static final int IFF_RUNNING = 0x40;

    static final int AT_EMPTY_PATH = 0x1000;
    static final int STATX_TYPE = 1;
    static final int S_IFMT = 0xf000;
    static final int S_IFIFO = 0x1000;

    private Linux() {}
}
