#!/bin/bash
# Builds the CPU worker's image without a Docker engine, and makes a video in it as another user with a read-only root. As root on Debian
# 12, with 15 GB of disk; takes ten minutes or more.
#
#   docker/check.sh [FOLDER]     where images are kept (default: target/images)
#
# BUILDAH_OPTIONS are given to buildah bud, such as those for a proxy's certificates: -v /etc/ssl/certs/java:/trust:ro --build-arg
# MAVEN_OPTS=-Djavax.net.ssl.trustStore=/trust/cacerts
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(realpath -m "${1:-target/images}")
image=longtake/worker-cpu
base=docker.io/library/debian:bookworm-slim
apt-get install -qy --no-install-recommends buildah bubblewrap debootstrap > /dev/null
mkdir -p "$folder/tmp" "$folder/data"
printf '[storage]\ndriver = "vfs"\ngraphroot = "%s/graph"\nrunroot = "%s/run"\n' "$folder" "$folder" > "$folder/storage.conf"
export CONTAINERS_STORAGE_CONF=$folder/storage.conf TMPDIR=$folder/tmp

if ! buildah inspect --type image "$base" > /dev/null 2>&1; then
  debootstrap --variant=minbase bookworm "$folder/rootfs" http://deb.debian.org/debian > "$folder/debootstrap.log"
  rm -rf "$folder"/rootfs/var/cache/apt/archives/*.deb
  container=$(buildah from scratch)
  buildah add -q "$container" "$folder/rootfs" /
  buildah commit -q "$container" "$base"
  buildah rm "$container" > /dev/null
fi

# shellcheck disable=SC2086
buildah bud --isolation chroot --pull-never --format docker --layers -f docker/Dockerfile --ignorefile docker/Dockerfile.dockerignore \
  ${BUILDAH_OPTIONS:-} --target worker-cpu -t "$image" .
buildah images "$image"

container=$(buildah from --pull-never "$image")
trap 'buildah umount "$container" > /dev/null; buildah rm "$container" > /dev/null' EXIT
root=$(buildah mount "$container")
chown 10001:10001 "$folder/data"
as_container() {
  bwrap --ro-bind "$root" / --bind "$folder/data" /var/lib/longtake --perms 1777 --tmpfs /tmp --dev /dev --proc /proc --unshare-pid \
    --cap-add CAP_SETUID --cap-add CAP_SETGID --clearenv --setenv JAVA_HOME /opt/java --setenv LANG C.UTF-8 --setenv HOME /var/lib/longtake \
    --setenv PATH /opt/longtake:/opt/java/bin:/usr/bin:/bin --chdir /var/lib/longtake \
    setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs "$@"
}
if as_container touch /opt/longtake/x 2> /dev/null; then echo 'check.sh: the root can be written' >&2 && exit 1; fi
time as_container longtake --version
time as_container longtake generate 'an empty road in fog' --seconds 2 -o fog.mp4
if find "$folder/data" -name '*.so*' | grep .; then echo 'check.sh: native libraries were unpacked' >&2 && exit 1; fi
