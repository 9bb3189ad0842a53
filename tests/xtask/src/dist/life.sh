# The life of a package: $1 is installed, $2 comes after it. Every step says what has to hold, and ends the trial where it does not.
set -euo pipefail

layer=$(mktemp -d)
mount -t tmpfs tmpfs "$layer"
mkdir "$layer"/{above,work,machine}
mount -t overlay overlay -o "lowerdir=/,upperdir=$layer/above,workdir=$layer/work" "$layer/machine"
mount -t proc proc "$layer/machine/proc"
mount --rbind /dev "$layer/machine/dev"
cp "$1" "$layer/machine/first.deb"
cp "$2" "$layer/machine/next.deb"
trap 'umount --recursive --lazy "$layer"; rmdir "$layer"' EXIT

chroot "$layer/machine" bash -euo pipefail <<'MACHINE'
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
# What lies there from this machine itself would be in the way.
rm -rf /var/lib/feltbog /var/backups/feltbog /etc/feltbog

data=/var/lib/feltbog
settings=/etc/feltbog/server.toml
as_server() { runuser -u feltbog -- env FELTBOG_DATA=$data "$@"; }
holds() { "${@:2}" || { echo "FAIL $1"; exit 1; }; }
mode_is() { [ "$(stat --format '%U:%G %a' "$1")" = "$2" ]; }
done_with() { echo "ok   $1"; }

# Starts what the unit starts, as it starts it, and asks whether it is ready.
serves() {
    local unit=/usr/lib/systemd/system/feltbog-server.service command said address answer
    command=$(sed -n 's/^ExecStart=//p' $unit)
    [ "$(sed -n 's/^User=//p' $unit)" = feltbog ]
    grep -qx "Environment=FELTBOG_DATA=$data" $unit
    coproc SERVER { exec runuser -u feltbog -- env FELTBOG_DATA=$data FELTBOG_LISTEN=127.0.0.1:0 $command 2>/tmp/log; }
    local server=$SERVER_PID
    read -r said <&"${SERVER[0]}" || { cat /tmp/log; return 1; }
    address=${said#http://}
    exec {web}<>"/dev/tcp/${address%:*}/${address##*:}"
    printf 'GET /health/ready HTTP/1.1\r\nhost: trial\r\nconnection: close\r\n\r\n' >&$web
    answer=$(cat <&$web)
    exec {web}>&-
    # runuser passes it on.
    kill -TERM "$server"
    wait "$server" || true
    [ "${answer##*$'\n'}" = ready ] || grep -q '^ready' <<<"$answer"
}

holds "it installs" dpkg --install /first.deb
holds "the settings are for root and the server alone" mode_is $settings 'root:feltbog 640'
holds "the data is for the server alone" mode_is $data 'feltbog:feltbog 700'
holds "copies too" mode_is /var/backups/feltbog 'feltbog:feltbog 700'
holds "every file is what was packed" [ -z "$(dpkg --verify feltbog-server)" ]
for document in copyright handbook.da.md handbook.en.md limits.md openapi.json sbom.cdx.json licences.txt.gz changelog.gz; do
    holds "$document is there" test -s /usr/share/doc/feltbog-server/$document
done
as_server feltbog-server init --tenant "Eksempel Kommune" >/dev/null
holds "it serves" serves
done_with "installed, it serves"

echo '# ours' >>$settings
holds "it is updated" dpkg --install --force-confold /next.deb
holds "the settings are as they were left" grep -qx '# ours' $settings
holds "and for the same" mode_is $settings 'root:feltbog 640'
holds "the log is whole" as_server feltbog-server verify --data $data
as_server feltbog-server backup --to /var/backups/feltbog >/dev/null
holds "it serves" serves
done_with "updated, it serves with the settings it had"

holds "it is removed" dpkg --remove feltbog-server
holds "the program is gone" test ! -e /usr/bin/feltbog-server
holds "the settings stay" grep -qx '# ours' $settings
holds "the data stays" test -s $data/feltbog.db
done_with "removed, it leaves settings and data"

said=$(dpkg --purge feltbog-server 2>&1)
holds "the settings are gone" test ! -e /etc/feltbog
holds "the data stays" test -s $data/receipt.key
holds "copies stay" test -d /var/backups/feltbog/keys
holds "and it says so" grep -q "$data holds data and was left" <<<"$said"
done_with "purged, it leaves the data and says where"

holds "it installs again" dpkg --install /first.deb
holds "it serves what it had" serves
done_with "installed again, it serves what it had"

dpkg --purge feltbog-server >/dev/null 2>&1
rm -rf $data /var/backups/feltbog
dpkg --install /first.deb >/dev/null
dpkg --purge feltbog-server >/dev/null
holds "folders that nothing was put into go" test ! -e $data -a ! -e /var/backups/feltbog
done_with "purged before it was used, it leaves nothing"
MACHINE
