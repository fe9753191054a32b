#!/usr/bin/env python3
"""Makes the files of this directory.

annotate.py hex CAPTURE FRAME TITLE...   one frame of a pcap file, field by field, as NAME.hex on standard output
annotate.py tshark NAME.hex              what tshark reads in it, as NAME.tshark on standard output
"""
import json
import struct
import subprocess
import sys
import tempfile

HEADER = [  # IPv4 and UDP without options, then the DHCP header
    (6, "Ethernet destination"), (6, "Ethernet source"), (2, "type"),
    (1, "IPv4, header of five words"), (1, "type of service"), (2, "total length"), (2, "identification"),
    (2, "flags, fragment offset"), (1, "time to live"), (1, "protocol"), (2, "header checksum"),
    (4, "source"), (4, "destination"),
    (2, "UDP source port"), (2, "destination port"), (2, "length"), (2, "checksum"),
    (1, "op"), (1, "htype"), (1, "hlen"), (1, "hops"), (4, "xid"), (2, "secs"), (2, "flags"),
    (4, "ciaddr"), (4, "yiaddr"), (4, "siaddr"), (4, "giaddr"), (16, "chaddr"), (64, "sname"), (128, "file"),
    (4, "cookie"),
]
FIELDS = ["eth.dst", "eth.src", "ip.src", "ip.dst", "udp.srcport", "udp.dstport", "dhcp.type", "dhcp.id",
          "dhcp.secs", "dhcp.flags", "dhcp.ip.client", "dhcp.ip.your", "dhcp.ip.server", "dhcp.ip.relay",
          "dhcp.hw.mac_addr"]


def names():
    with open(sys.path[0] + "/../option-names.txt", encoding="ascii") as lines:
        return dict(line.split() for line in lines if not line.startswith("#"))


def line(octets, comment):
    return [octets[at:at + 32].hex() + (f"  # {comment}" if at == 0 else "") for at in range(0, len(octets), 32)]


def options(octets):
    known, lines, at = names(), [], 0
    while at < len(octets):
        code = octets[at]
        if code in (0, 255):
            rest = len(octets[at + 1:]) - len(octets[at + 1:].lstrip(b"\0")) if code == 255 else 0
            lines += line(octets[at:at + 1], "PAD" if code == 0 else "END")
            lines += line(octets[at + 1:at + 1 + rest], f"{rest} octets of nothing")
            at += 1 + rest
            continue
        end = at + 2 + octets[at + 1]
        lines += line(octets[at:end], f"option {code} {known.get(str(code), '')}".rstrip())
        at = end
    return lines


def annotate(frame, title):
    lines, at = ["# " + part for part in title], 0
    overload = b"\x34\x01" in frame[282:]
    for length, name in HEADER:
        octets = frame[at:at + length]
        holds_options = overload and length >= 64 and any(octets)
        lines += [f"# {name} holds options"] + options(octets) if holds_options else line(octets, name)
        at += length
    end = 14 + int.from_bytes(frame[16:18], "big")
    return "\n".join(lines + options(frame[at:end]) + line(frame[end:], "Ethernet padding")) + "\n"


def capture(path, number):
    with open(path, "rb") as file:
        data = file.read()
    at = 24
    for _ in range(number - 1):
        at += 16 + struct.unpack_from("<I", data, at + 8)[0]
    return data[at + 16:at + 16 + struct.unpack_from("<I", data, at + 8)[0]]


def octets_of(path):
    with open(path, encoding="utf-8") as lines:
        return bytes.fromhex("".join(text.split("#")[0] for text in lines))


def shown(tree):
    own = [listed(value) for key, value in tree.items() if not key.endswith((".length", ".value", " overload"))]
    return " ".join(text for texts in own for text in texts if isinstance(text, str))


def read_by_tshark(frame):
    with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
        file.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
        file.write(struct.pack("<IIII", 0, 0, len(frame), len(frame)) + frame)
        file.flush()
        text = subprocess.run(["tshark", "-r", file.name, "-T", "json", "--no-duplicate-keys"], check=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return json.loads(text)[0]["_source"]["layers"]


def listed(value):
    return value if isinstance(value, list) else [value]


def options_of(tree):
    """Each option, and the overloaded fields as they stand below option 52, file before sname."""
    for code, option in zip(listed(tree["dhcp.option.type"]), listed(tree["dhcp.option.type_tree"])):
        if code not in ("0", "255") and "dhcp.option.length" in option:
            value = option.get("dhcp.option.value", "").replace(":", "")
            yield f"option {code} {value} = {shown(option)}".rstrip()
        for field in sorted(key for key in option if key.endswith(" overload")):
            yield from options_of(option[field])


def tshark(frame):
    layers = read_by_tshark(frame)
    lines = [f"{field} {layers[field.split('.')[0]][field]}" for field in FIELDS]
    return "\n".join(lines + list(options_of(layers["dhcp"]))) + "\n"


if __name__ == "__main__":
    if sys.argv[1] == "hex":
        sys.stdout.write(annotate(capture(sys.argv[2], int(sys.argv[3])), sys.argv[4:]))
    else:
        sys.stdout.write(tshark(octets_of(sys.argv[2])))
