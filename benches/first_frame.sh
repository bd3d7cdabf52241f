#!/usr/bin/env bash
# Time from start to first frame: the sample project against an empty window, in one run. Budget: a ratio of at most 1.5.
#
#   benches/first_frame.sh [RUNS]        needs Xvfb where there is no display
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-9}

cargo build --release --locked --bin waymark --example empty_window
target=${CARGO_TARGET_DIR:-target}/release

if [[ -z ${DISPLAY:-} && -z ${WAYLAND_DISPLAY:-} ]]; then
  exec xvfb-run -a -s '-screen 0 1920x1080x24' "$0" "$runs"
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

now_ms() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }

# Milliseconds until the command has written a line (that is no comment) to the log.
measure() {
  local log=$1
  shift
  rm -f "$log"
  local start
  start=$(now_ms)
  XDG_CONFIG_HOME=$scratch XDG_DATA_HOME=$scratch "$@" >/dev/null 2>"$scratch/err" &
  local pid=$!
  until grep -qs '^[^#]' "$log"; do
    if ! kill -0 "$pid" 2>/dev/null; then
      cat "$scratch/err" >&2
      return 1
    fi
    sleep 0.002
  done
  local end
  end=$(now_ms)
  kill "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  echo $((end - start))
}

median() { sort -n | sed -n "$((runs / 2 + 1))p"; }

empty=() sample=()
for _ in $(seq "$runs"); do
  empty+=("$(measure "$scratch/empty" "$target/examples/empty_window" "$scratch/empty")")
  sample+=("$(measure "$scratch/sample" "$target/waymark" --sample --renderer glow --frame-log "$scratch/sample")")
done

a=$(printf '%s\n' "${empty[@]}" | median)
b=$(printf '%s\n' "${sample[@]}" | median)
echo "empty window   ${empty[*]} ms, median $a"
echo "sample project ${sample[*]} ms, median $b"
awk -v a="$a" -v b="$b" 'BEGIN { printf "ratio %.2f (budget 1.5)\n", b / a; exit b / a > 1.5 }'
