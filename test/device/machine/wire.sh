# Takes one command a line from the wire (a virtio serial port) and answers each with its output, every line after a blank, and
# then `exit STATUS`. Ends when the wire is cut. For bash.
port=$(grep -lx wire /sys/class/virtio-ports/*/name)
exec 3<> "/dev/$(basename "$(dirname "$port")")"
echo "ready $(uname -r)" >&3
while IFS= read -r command <&3; do
  bash -c "$command" 2>&1 < /dev/null 3>&- | sed -u 's/^/ /' >&3
  printf '\nexit %s\n' "${PIPESTATUS[0]}" >&3
done
