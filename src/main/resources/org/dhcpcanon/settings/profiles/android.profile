# The look of Android 11 to 14 (the client of AOSP): the largest crowd on public Wi-Fi, where random MAC addresses are usual.
# It tells a vendor class and a message size, which RFC 7844 section 3 would rather not have.

[messages]
order = fixed
discover = 53 61 57 60 55
reboot = 53 61 50 57 60 55
select = 53 61 50 54 57 60 55
renew = 53 61 57 60 55
rebind = 53 61 57 60 55
decline = 53 61 50 54
release = 53 61 54

[parameters]
list = 1 3 6 15 26 28 51 58 59 43 114 108
order = fixed

[values]
57 = 05:dc
60 = "android-dhcp-14"

[packet]
padding = even
ttl = 64
tos = 16
dont-fragment = yes
identification = zero
secs = normal
broadcast = no

[timing]
waits = 1000~100 2000~200 4000~400 8000~800 16000~1600 32000~3200 64000~6400 128000~12800 256000~25600 512000~51200
request-tries = 5
fuzz = 0
server-times = no
renew-retry = waits

[arp]
probes = 50~49 200~100 200~100
listening = 200~100
announcements = 1~0 100~10
