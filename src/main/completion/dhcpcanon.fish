# fish completion of dhcpcanon(1). Installed as /usr/share/fish/vendor_completions.d/dhcpcanon.fish.

function __dhcpcanon_interfaces
    for interface in /sys/class/net/*
        set -l name (string replace -r '.*/' '' $interface)
        test $name = lo; or echo $name
    end
end

complete -c dhcpcanon -f
complete -c dhcpcanon -s h -l help -d 'Show a short help'
complete -c dhcpcanon -s V -l version -d 'Show the version'
complete -c dhcpcanon -n __fish_use_subcommand -a status -d 'A line for each interface'
complete -c dhcpcanon -n __fish_use_subcommand -a show -d 'All about an interface'
complete -c dhcpcanon -n __fish_use_subcommand -a monitor -d 'What happens, as it happens'
complete -c dhcpcanon -n __fish_use_subcommand -a renew -d 'Ask the server for more time'
complete -c dhcpcanon -n __fish_use_subcommand -a release -d 'Give the address back'
complete -c dhcpcanon -n __fish_use_subcommand -a stop -d 'End the client of an interface'
complete -c dhcpcanon -n __fish_use_subcommand -a reload -d 'Read the settings anew'
complete -c dhcpcanon -n __fish_use_subcommand -a adopt -d 'Have IPv4 of a connection of NetworkManager come from dhcpcanon'
complete -c dhcpcanon -n __fish_use_subcommand -a unadopt -d 'Undo that'
complete -c dhcpcanon -n __fish_use_subcommand -a packets -d 'Audit captures'
complete -c dhcpcanon -n __fish_use_subcommand -a enable -d 'Have NetworkManager use dhcpcanon'
complete -c dhcpcanon -n __fish_use_subcommand -a disable -d 'Undo that'
complete -c dhcpcanon -n __fish_use_subcommand -a doctor -d 'Say what is wrong'
complete -c dhcpcanon -n '__fish_seen_subcommand_from status show monitor renew release stop packets' -a '(__dhcpcanon_interfaces)'
complete -c dhcpcanon -n '__fish_seen_subcommand_from adopt unadopt' -a '(nmcli -g NAME connection show 2>/dev/null)'
complete -c dhcpcanon -n '__fish_seen_subcommand_from status' -s v -l verbose -d 'With details'
complete -c dhcpcanon -n '__fish_seen_subcommand_from status show monitor packets doctor' -l json -d JSON
complete -c dhcpcanon -n '__fish_seen_subcommand_from status show monitor packets' -l color -x -a 'auto always never' -d Colour
complete -c dhcpcanon -n '__fish_seen_subcommand_from packets' -F
complete -c dhcpcanon -n '__fish_seen_subcommand_from packets' -l seconds -x -d 'How long an interface is captured'
complete -c dhcpcanon -n '__fish_seen_subcommand_from packets' -l write -r -F -d 'Capture to a new file'
complete -c dhcpcanon -n '__fish_seen_subcommand_from enable disable' -s y -l yes -d 'Do not ask'
complete -c dhcpcanon -n '__fish_seen_subcommand_from enable disable' -l dry-run -d 'Only say what would be done'
complete -c dhcpcanon -n '__fish_seen_subcommand_from enable disable' -l no-restart -d 'Leave NetworkManager as it runs'
complete -c dhcpcanon -n '__fish_seen_subcommand_from enable' -l route -x -a 'auto dhclient dhcpcd dhcpcanon reapply' -d 'How NetworkManager gets its leases'
complete -c dhcpcanon -n '__fish_seen_subcommand_from enable' -l backend-only -d 'Change the DHCP client alone'
complete -c dhcpcanon -n '__fish_seen_subcommand_from enable' -l reconnect -d 'Connect anew what keeps its hardware address'
complete -c dhcpcanon -n '__fish_seen_subcommand_from enable disable' -l guard -d 'Keep other DHCP clients from sending, or not any more'
complete -c dhcpcanon -n '__fish_seen_subcommand_from enable' -l dhclient -d 'Put dhcpcanon in the place of dhclient'
