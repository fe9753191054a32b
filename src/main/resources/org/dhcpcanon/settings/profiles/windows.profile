# The look of Windows 10 (1803 and later) and 11: the crowd of wired and office networks. It tells a host name, which is
# drawn anew for each session, and a vendor class. TCP shows another system to whoever looks beyond DHCP.

[messages]
order = fixed
discover = 53 61 12 60 55
reboot = 53 61 50 12 81 60 55
select = 53 61 50 54 12 81 60 55
renew = 53 61 12 81 60 55
rebind = 53 61 12 81 60 55
decline = 53 61 50 54
release = 53 54 61

[parameters]
list = 1 3 6 15 31 33 43 44 46 47 119 121 249 252
order = fixed

[values]
host-name = DESKTOP-*******
60 = "MSFT 5.0"

[packet]
padding = 300
ttl = 128
tos = 0
dont-fragment = no
identification = counted
secs = reversed
broadcast = no

[timing]
waits = 4500~500 4500~500 7800~200 16000~1000 32000~1000 64000~1000
request-tries = 3
fuzz = 0
server-times = yes
renew-retry = half-remaining

[arp]
probes = 1~0 1000~10 1000~10
listening = 1000~10
announcements = 1~0
