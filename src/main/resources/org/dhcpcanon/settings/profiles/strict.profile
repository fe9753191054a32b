# RFC 7844 section 3, with the SHOULDs taken as MUSTs: no option that a client can do without.
# A copy of this file in /etc/dhcpcanon/profiles.d, under another name, can be changed.

[messages]
# Options by code. 53 comes first; "shuffled": the others in a new random order in each message.
order = shuffled
discover = 53 55 61
reboot = 53 50 55 61
select = 53 50 54 55 61
renew = 53 55 61
rebind = 53 55 61
decline = 53 50 54 61
release = 53 54 61

[parameters]
# What is asked for (55); "shuffled": in an order drawn for each session, with 121 before 3 (RFC 3442).
list = 1 3 6 121
order = shuffled

[packet]
# Zeros up to 300 octets: some relays drop less (RFC 1542 section 2.1), and most clients do it.
padding = 300
# What a Linux kernel sends.
ttl = 64
tos = 0
dont-fragment = yes
identification = zero
secs = normal
broadcast = no

[timing]
# RFC 2131 section 4.1, in milliseconds: the middle and how far a wait may be off it.
waits = 4000~1000 8000~1000 16000~1000 32000~1000 64000~1000
request-tries = 3
# T1 and T2 move by up to a second.
fuzz = 1000
server-times = yes
renew-retry = half-remaining

[arp]
# Where we ask ourselves whether an address is free (RFC 5227): the wait before each probe, after the last one, and before each
# announcement. RFC 5227 section 1.1 would take five to seven seconds; nobody has that patience on one link with switches and
# access points of today (NetworkManager: 0.2 s, Android: 0.5 s).
probes = 20~19 100~30 100~30
listening = 100~30
# The second announcement is off the two seconds by up to 0.1 s: an exact wait shows how fast this machine's clock goes.
announcements = 1~0 2000~100
