# An ordinary client, for networks that want one: asks for what most Linux clients ask for, in a fixed order. It still says
# no name, class or earlier address, unless the caller wants it said.

[messages]
order = fixed
discover = 53 61 57 55
reboot = 53 61 50 57 55
select = 53 61 54 50 57 55
renew = 53 61 57 55
rebind = 53 61 57 55
decline = 53 54 50 61
release = 53 54 61
caller = obeyed

[parameters]
list = 1 28 2 121 3 15 6 119 26 42
order = fixed
caller = obeyed

[values]
57 = 05:dc

[packet]
padding = 300
ttl = 64
tos = 0
dont-fragment = yes
identification = zero
secs = normal
broadcast = no

[timing]
waits = 4000~1000 8000~1000 16000~1000 32000~1000 64000~1000
request-tries = 3
fuzz = 1000
server-times = yes
renew-retry = half-remaining

[arp]
probes = 20~19 100~30 100~30
listening = 100~30
announcements = 1~0 2000~100
