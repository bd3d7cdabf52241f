#!/usr/bin/env bash
# Frames drawn while nothing happens: with the window untouched, and with the cursor in a text field. Budget: none in 5 s.
#
#   benches/idle.sh [SECONDS]        needs xdotool, and Xvfb where there is no display
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-5}

cargo build --release --locked --bin waymark
target=${CARGO_TARGET_DIR:-target}/release

if [[ -z ${IDLE_DISPLAY:-} ]]; then
  # A display of its own, so that nobody's pointer wakes the window.
  IDLE_DISPLAY=1 exec xvfb-run -a -s '-screen 0 1920x1080x24' "$0" "$seconds"
fi

scratch=$(mktemp -d)
log=$scratch/frames
XDG_CONFIG_HOME=$scratch XDG_DATA_HOME=$scratch "$target/waymark" --sample --renderer glow --frame-log "$log" >/dev/null 2>"$scratch/err" &
pid=$!
trap 'kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; rm -rf "$scratch"' EXIT

frames() { grep -c '^[^#]' "$log" || true; }

for _ in $(seq 200); do
  [[ -s $log && $(frames) -gt 0 ]] && break
  if ! kill -0 "$pid" 2>/dev/null; then
    cat "$scratch/err" >&2
    exit 1
  fi
  sleep 0.1
done

failed=0
# Counts frames over some seconds, after the window has come to rest.
rest() {
  sleep 2
  local before after
  before=$(frames)
  sleep "$seconds"
  after=$(frames)
  echo "$1: $((after - before)) frames in $seconds s (budget 0)"
  if ((after > before)); then
    tail -n "$((after - before))" "$log"
    failed=1
  fi
}

rest 'untouched'

window=$(xdotool search --onlyvisible --pid "$pid" | head -n 1)
before=$(frames)
xdotool windowfocus "$window" 2>/dev/null || true
xdotool mousemove --window "$window" 700 450
xdotool key --clearmodifiers ctrl+f
xdotool type mau
sleep 1
if (($(frames) <= before)); then
  echo 'the keys did not reach the window' >&2
  exit 1
fi
rest 'text field focused'
exit "$failed"
