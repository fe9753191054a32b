package org.dhcpcanon.linux;

/** What all links share. */
record Wire(Poller poller, Reception in, Transmission out, SlowCloser closer, LinkWatch watch) {}
