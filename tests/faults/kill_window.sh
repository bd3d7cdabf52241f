#!/usr/bin/env bash
# Kills the window while somebody types, again and again, and looks at what is left.
#
#   tests/faults/kill_window.sh [RUNS] [BINARY]
#
# Each run works on a copy of the sample with folders of its own:
#   1. goals are typed, and the window is killed with kill -9 at a moment that nobody chose;
#   2. it starts again, the unsaved changes are recovered, and it is killed before or while or after that, without a save;
#   3. it starts again, they are recovered, two more goals are typed, and it is killed two seconds later;
#   4. it starts again, they are recovered and saved;
#   5. a title, three cells of the check-in sheet and a cell of the data table are typed and not left, and the window is killed more than a
#      second later, twice; what was typed must be in the recovery and, entered after that with one key, in the file.
# After each kill the file must be as it was, the recovery must be a whole project, and a goal that was entered a second or more before
# the kill must be in it. The last line has the figures; the exit code is 0 only where nothing was torn and nothing older was lost.
# Needs Xvfb and xdotool; without them it says so and ends well.
set -u
runs=${1:-5}
here=$(cd "$(dirname "$0")/../.." && pwd)
binary=${2:-}
for candidate in "$here/target/release/waymark" "$here/target/debug/waymark"; do
  [ -z "$binary" ] && [ -x "$candidate" ] && binary=$candidate
done
for tool in Xvfb xdotool; do
  command -v "$tool" >/dev/null || { echo "kill_window: skipped, $tool is not installed"; exit 0; }
done
[ -x "$binary" ] || { echo "kill_window: there is no waymark to run; build it first" >&2; exit 2; }

# What may pass between a second after an entry and the snapshot on the disk: a frame, a thread, a sync.
slack_ms=${SLACK_MS:-500}
folder=$(mktemp -d)
display=:$((200 + $$ % 700))
Xvfb "$display" -screen 0 1280x800x24 >/dev/null 2>&1 & server=$!
window=
trap 'kill -9 $window 2>/dev/null; kill $manager $server 2>/dev/null; rm -rf "$folder"' EXIT
sleep 1
export DISPLAY=$display
unset WAYLAND_DISPLAY
# Where there is a window manager, the window is focused as on a desktop.
manager=
command -v openbox >/dev/null && { openbox >/dev/null 2>&1 & manager=$!; sleep 0.5; }

# Its points are recorded, one by one.
metric="New sign-ups"

# A number as letters: a digit would be read as a value.
letters() { printf %03d "$1" | tr 0-9 a-j; }
now_ms() { echo $(($(date +%s%N) / 1000000)); }

# Waits until the window has nothing to do any more: what was typed has arrived, however busy the computer is.
settle() {
  local quiet=0 tries=0
  while [ "$quiet" -lt 5 ] && [ "$tries" -lt 400 ] && kill -0 "$window" 2>/dev/null; do
    tries=$((tries + 1))
    if grep -qhE '^[0-9]+ \(.*\) [RD] ' "/proc/$server/task/"*/stat "/proc/$window/task/"*/stat 2>/dev/null; then quiet=0; else quiet=$((quiet + 1)); fi
    sleep 0.02
  done
}

# Starts the window and waits until it is drawn.
start() {
  : >"$folder/frames"
  "$binary" --renderer glow --frame-log "$folder/frames" "$plan" >>"$folder/log" 2>&1 & window=$!
  # So that the shell does not tell of each that is killed.
  disown "$window"
  local id=
  for _ in $(seq 200); do
    id=$(xdotool search --onlyvisible --pid "$window" 2>/dev/null | head -n 1)
    [ -n "$id" ] && [ "$(wc -l <"$folder/frames")" -ge 2 ] && break
    sleep 0.05
  done
  [ -n "$id" ] || { echo "kill_window: the window did not open" >&2; tail -5 "$folder/log" >&2; exit 2; }
  if [ -n "$manager" ]; then xdotool windowactivate --sync "$id"; else xdotool windowfocus --sync "$id"; fi 2>/dev/null
  [ "${1:-settled}" = settled ] && settle
}

gone() { while kill -0 "$window" 2>/dev/null; do sleep 0.02; done; }
kill_it() { kill -9 "$window" 2>/dev/null; gone; }

# Enters a goal, and remembers when.
enter() {
  entered=$((entered + 1))
  xdotool key c; settle
  xdotool type --delay 8 "Improve the part $(letters "$entered")"; settle
  xdotool key Return; settle
  kill -0 "$window" 2>/dev/null && echo "$entered $(now_ms)" >>"$folder/entered"
}

snapshot() { find "$XDG_DATA_HOME/waymark/recovery" -name '*.waymark.ron' ! -name '.*' 2>/dev/null | head -n 1; }
has() { "$binary" diff "$plan_before" "$1" 2>/dev/null | grep -c "Improve the part $(letters "$2")"; }

# How many goals a file has: 1, 2, … without a gap.
count_in() {
  local n=0
  while [ "$(has "$1" $((n + 1)))" -gt 0 ]; do n=$((n + 1)); done
  echo "$n"
}

# Looks at what a kill at that time left.
judge() {
  local killed_at=$1 due=0 kept=0 file
  kills=$((kills + 1))
  cmp -s "$plan" "$plan_before" || { torn=$((torn + 1)); echo "  the file changed without a save"; }
  while read -r number at; do
    [ $((killed_at - at)) -ge $((1000 + slack_ms)) ] && due=$number
  done <"$folder/entered"
  file=$(snapshot)
  if [ -n "$file" ]; then
    "$binary" check "$file" >/dev/null 2>&1 || { torn=$((torn + 1)); echo "  the recovery is not a whole project"; }
    kept=$(count_in "$file")
  fi
  [ "$kept" -ge "$due" ] || { lost=$((lost + due - kept)); echo "  $due goals were due, $kept were kept"; }
  [ "$(wc -l <"$folder/entered")" -gt "$kept" ] && young=$((young + $(wc -l <"$folder/entered") - kept))
  echo "  killed: $(wc -l <"$folder/entered") entered, $due due, $kept in the recovery"
  # What is not in the recovery is gone: numbers go on from what there is.
  for number in $(seq "$kept"); do echo "$number 0"; done >"$folder/entered"
  entered=$kept
}

# Whether something is being typed in the recovery and no part of the project.
typing() { grep -aq "^// typed: .*$1" "$(snapshot)" 2>/dev/null; }

# Kills the window while these words stand in fields, and again after they were recovered.
kill_typing() {
  local what=$1 round word; shift
  sleep 2
  for round in 1 2; do
    kill_it
    kills=$((kills + 1))
    cmp -s "$plan" "$plan_before" || { torn=$((torn + 1)); echo "  the file changed without a save"; }
    "$binary" check "$(snapshot)" >/dev/null 2>&1 || { torn=$((torn + 1)); echo "  the recovery is not a whole project"; }
    for word in "$@"; do
      typing "$word" || { lost=$((lost + 1)); echo "  $what, kill $round: \"$word\" is not in the recovery"; }
    done
    start
    xdotool key Return; settle
    [ "$round" = 1 ] && sleep 2
  done
}

save_it() {
  xdotool key ctrl+s
  for _ in $(seq 100); do
    [ -z "$(snapshot)" ] && break
    sleep 0.1
  done
}

kills=0 torn=0 lost=0 young=0 saved=0 typed=0
for run in $(seq "$runs"); do
  echo "run $run"
  export HOME=$folder/$run XDG_CONFIG_HOME=$folder/$run/config XDG_DATA_HOME=$folder/$run/data XDG_RUNTIME_DIR=$folder/$run
  mkdir -p "$HOME"; chmod 700 "$HOME"
  plan=$HOME/plan.waymark.ron plan_before=$HOME/before.ron
  cp "$here/assets/sample.waymark.ron" "$plan"; cp "$plan" "$plan_before"
  : >"$folder/entered"; entered=0

  start
  moment=$((2000 + RANDOM % 6000))
  (sleep "$((moment / 1000)).$(printf %03d $((moment % 1000)))"; kill -9 "$window" 2>/dev/null; now_ms >"$folder/killed") & killer=$!
  while kill -0 "$window" 2>/dev/null; do enter; done
  wait "$killer"; gone
  killed=$(cat "$folder/killed")
  # What was typed after the kill reached nobody.
  awk -v killed="$killed" '$2 < killed' "$folder/entered" >"$folder/rest"; mv "$folder/rest" "$folder/entered"
  judge "$killed"

  start at-once
  sleep "$((RANDOM % 3)).$((RANDOM % 10))"
  xdotool key Return
  sleep "0.$((RANDOM % 10))"
  kill_it; judge "$(now_ms)"

  start
  [ "$entered" -gt 0 ] && { xdotool key Return; settle; }
  enter; enter; sleep 2
  kill_it; judge "$(now_ms)"

  start
  xdotool key Return; settle
  xdotool key ctrl+s
  for _ in $(seq 100); do
    [ -z "$(snapshot)" ] && break
    sleep 0.1
  done
  kill_it
  if [ "$(count_in "$plan")" -eq "$entered" ] && "$binary" check "$plan" >/dev/null 2>&1 && [ -z "$(snapshot)" ]; then
    saved=$((saved + 1))
  else
    echo "  after saving: $(count_in "$plan") of $entered goals in the file, recovery: $(snapshot)"
  fi

  cp "$plan" "$plan_before"
  start
  xdotool key F2; settle
  xdotool type --delay 8 "A title in hand"; settle
  kill_typing "the title" "A title in hand"
  xdotool key Return; settle
  save_it
  kill_it
  if grep -q "A title in hand" "$plan"; then typed=$((typed + 1)); else echo "  the title that was typed is not in the file"; fi

  cp "$plan" "$plan_before"
  start
  xdotool key ctrl+shift+Return; settle
  # Sound as a value, and as a confidence where the value is computed.
  for number in 7 8 9; do
    xdotool type --delay 8 "$number"; settle
    for _ in 1 2 3 4; do xdotool key Tab; settle; done
  done
  kill_typing "the check-ins" "7\$" "8\$" "9\$"
  xdotool key ctrl+Return; settle
  save_it
  kill_it
  differs=$("$binary" diff "$plan_before" "$plan" 2>/dev/null)
  if [ "$(echo "$differs" | grep -ci "check-in")" -ge 2 ]; then typed=$((typed + 1)); else echo "  the check-ins that were typed are not in the file: $differs"; fi

  cp "$plan" "$plan_before"
  start
  # The metric by its name, and its points as a table: the cursor is at the value of the next one.
  xdotool key ctrl+k; settle
  xdotool type --delay 8 "$metric"; settle
  xdotool key Return; settle
  xdotool key ctrl+t; settle
  xdotool type --delay 8 "4321"; settle
  kill_typing "the cell" "4321\$"
  xdotool key Return; settle
  xdotool key Escape; settle
  save_it
  kill_it
  if grep -q ", 4321)" "$plan"; then typed=$((typed + 1)); else echo "  the value that was typed is not in the file"; fi
done
echo "windows killed $kills (in $runs runs, each several times in a row): torn $torn, lost although a second old $lost," \
  "lost within the last second $young, recovered and saved in the end $saved of $runs, typed and not left, entered after two kills $typed of $((3 * runs))"
[ "$torn" -eq 0 ] && [ "$lost" -eq 0 ] && [ "$saved" -eq "$runs" ] && [ "$typed" -eq $((3 * runs)) ]
