#!/bin/sh
# as-arm64.sh COMMAND...: runs it where programs of arm64 can be run, by qemu-user, with mounts of its own. Needs root.
# How they are known stands in qemu's own list for Debian (binfmt.d); what is registered here is taken away again, unless
# somebody else had registered it.
set -eu
if [ "$(uname -m)" = aarch64 ]; then exec unshare --mount --propagation private "$@"; fi
if [ "${AS_ARM64:-}" != mounted ]; then
  AS_ARM64=mounted exec unshare --mount --propagation private "$0" "$@"
fi
known=/proc/sys/fs/binfmt_misc
[ -e "$known/register" ] || mount -t binfmt_misc none "$known"
if ! grep -qs '^magic 7f454c460201010.*0200b700' "$known"/*; then
  name=lintel-arm64-$$
  printf '%s' ":$name:M::\\x7fELF\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\xb7\\x00:\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff:$(command -v qemu-aarch64-static):OCF" >"$known/register"
  trap 'echo -1 >"$known/$name"' EXIT
fi
"$@"
