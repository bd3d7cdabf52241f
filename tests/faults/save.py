#!/usr/bin/env python3
"""Saves of the real program on a system that fails: killed at every system call, and every call of a save refused in turn.

    python3 tests/faults/save.py [PATH OF waymark] [--every N]

Afterwards the project is the old one or the new one whole, exit code 0 means the new one, and a refused save leaves nothing beside it.
Needs strace; the disks that are full or read-only need the right to mount. What is missing is skipped with a line that says so.
"""

import argparse
import collections
import hashlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

ERRORS = ["EIO", "ENOSPC", "EACCES", "EDQUOT"]
# The calls that look at, make, write, sync, move and remove files.
FILE_CALLS = """openat open creat read pread64 readv write pwrite64 writev fsync fdatasync rename renameat renameat2 link linkat unlink
unlinkat mkdir mkdirat chmod fchmod fchmodat chown fchown fchownat statx stat lstat fstat newfstatat readlink readlinkat lseek
getdents64 flock ftruncate close""".split()
TEMPORARY = re.compile(r"^\..*\.\d+-\d+\.tmp$")
TITLE = "Be easy to start with"
NOT_PUT_BY = "the version before could not be put by"
NOBODY = 65534


class Bench:
    """A folder with a project, and what the program keeps for its user."""

    def __init__(self, binary, root):
        self.binary = binary
        self.root = root
        self.folder = root / "plans"
        self.project = self.folder / "plan.waymark.ron"
        self.data = root / "data"
        self.master = root / "master"
        self.master.mkdir()
        self.clear()
        done = self.run(["new", str(self.project), "--template", "saas-growth"])
        assert done.returncode == 0, done.stderr
        # The ring of versions has one already.
        done = self.run(["add", str(self.project), "Be the first choice"])
        assert done.returncode == 0, done.stderr
        os.chmod(self.project, 0o600)
        self.old = self.project.read_bytes()
        shutil.copytree(self.folder, self.master / "plans")
        shutil.copytree(self.data, self.master / "data")

    def clear(self):
        for folder in (self.folder, self.data):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()

    def reset(self):
        for folder in (self.folder, self.data):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(self.master / folder.name, folder)

    def environment(self):
        return {"PATH": os.environ["PATH"], "HOME": str(self.root), "XDG_DATA_HOME": str(self.data), "XDG_CONFIG_HOME": str(self.data)}

    def run(self, command, prefix=(), binary=None):
        words = [*prefix, str(binary or self.binary), *command]
        return subprocess.run(words, env=self.environment(), capture_output=True, text=True, timeout=120, check=False)

    def add(self, prefix=(), path=None, binary=None):
        return self.run(["add", str(path or self.project), TITLE], prefix, binary)

    def state(self, path, old, is_new):
        """"none", "old", "new" or "torn"."""
        if not path.exists():
            return "none"
        content = path.read_bytes()
        if content == old:
            return "old"
        return "new" if self.run(["check", str(path)]).returncode == 0 and is_new(content) else "torn"

    def left_overs(self):
        return [path for path in self.folder.iterdir() if path != self.project]

    def versions_are_whole(self):
        """Every version that was put by can be opened; the newest is the one that was replaced."""
        versions = sorted(path for path in self.data.rglob("*.waymark.ron") if not TEMPORARY.match(path.name))
        return all(self.run(["check", str(path)]).returncode == 0 for path in versions)

    def holds_old_version(self):
        digest = hashlib.sha256(self.old).digest()
        return any(hashlib.sha256(path.read_bytes()).digest() == digest for path in self.data.rglob("*.waymark.ron"))


def calls(bench, command, marker, log):
    """The calls of a run that succeeds, in order: name, how often that name was called before and with it, whether it belongs to the save."""
    done = bench.run(command, ["strace", "-f", "-qq", "-o", str(log)])
    assert done.returncode == 0, done.stderr
    seen, begun, found = collections.Counter(), False, []
    for line in log.read_text(errors="replace").splitlines():
        match = re.match(r"^(?:\d+\s+)?(\w+)\(", line)
        if not match:
            continue
        name = match[1]
        seen[name] += 1
        begun = begun or marker in line
        # The command line itself names the file, too.
        if name == "execve":
            begun = False
        found.append((name, seen[name], begun))
    return [(name, number) for name, number, is_save in found if is_save]


class Figures:
    def __init__(self):
        self.rows = collections.OrderedDict()
        self.problems = []

    def count(self, row, column):
        self.rows.setdefault(row, collections.Counter())[column] += 1

    def total(self, column):
        return sum(row[column] for row in self.rows.values())


COLUMNS = ["runs", "old", "new", "none", "torn", "lies", "left over", "refused, yet new", "no version"]


def judge(figures, bench, row, what, done, state, old_states):
    figures.count(row, "runs")
    figures.count(row, state)
    killed = done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
    if state == "torn" or (state not in (*old_states, "new")):
        figures.count(row, "torn") if state != "torn" else None
        figures.problems.append(f"{what}: the file is {state}")
    if done.returncode == 0 and state != "new":
        figures.count(row, "lies")
        figures.problems.append(f"{what}: exit code 0, but the file is {state}")
    if done.returncode not in (0, 1, 2) and not killed:
        figures.problems.append(f"{what}: exit code {done.returncode}: {done.stderr[-300:]}")
    if not killed and done.returncode != 0:
        if state == "new":
            figures.count(row, "refused, yet new")
        if not done.stderr.strip():
            figures.problems.append(f"{what}: refused without a word")
        # Rust's library takes it for impossible that a folder that was read cannot be closed, and so do the disks that people have.
        if "panicked" in done.stderr and "error during closedir" not in done.stderr:
            figures.problems.append(f"{what}: {done.stderr[-300:]}")
    left = bench.left_overs()
    if left:
        figures.count(row, "left over")
        if not killed:
            figures.problems.append(f"{what}: left {[path.name for path in left]}, code {done.returncode}")
        elif not all(TEMPORARY.match(path.name) for path in left):
            figures.problems.append(f"{what}: left what nobody knows: {[path.name for path in left]}")
    return left if killed else []


def sweep_is_done(figures, bench, what, left):
    """An hour later the next save takes away what the killed one left."""
    for path in left:
        stamp = path.stat().st_mtime - 3600
        os.utime(path, (stamp, stamp))
    done = bench.run(["add", str(bench.project), "Be there tomorrow"])
    if done.returncode != 0 or bench.left_overs():
        figures.problems.append(f"{what}: afterwards code {done.returncode}, {bench.left_overs()}: {done.stderr}")


def inject(bench, command, name, number, how):
    return bench.run(command, ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={name}", "-e", f"inject={name}:{how}:when={number}"])


def killed_and_refused(bench, figures, every):
    log = bench.root / "calls.txt"
    is_new = lambda content: TITLE.encode() in content
    command = ["add", str(bench.project), TITLE]
    bench.reset()
    found = calls(bench, command, str(bench.project), log)
    print(f"a save makes {len(found)} system calls, {sum(name in FILE_CALLS for name, _ in found)} of them about files")
    for name, number in found[::every]:
        bench.reset()
        done = inject(bench, command, name, number, "signal=KILL")
        what = f"save killed at {name} {number}"
        state = bench.state(bench.project, bench.old, is_new)
        left = judge(figures, bench, "save killed", what, done, state, ["old"])
        if not bench.versions_are_whole() or (state == "new" and not bench.holds_old_version()):
            figures.problems.append(f"{what}: the versions before are not whole")
        if left:
            sweep_is_done(figures, bench, what, left)
    for error in ERRORS:
        for name, number in [call for call in found if call[0] in FILE_CALLS][::every]:
            bench.reset()
            done = inject(bench, command, name, number, f"error={error}")
            what = f"save with {error} at {name} {number}"
            state = bench.state(bench.project, bench.old, is_new)
            judge(figures, bench, f"save, {error}", what, done, state, ["old"])
            # Nobody can be asked: where the version before cannot be put by, that is said, and it is saved all the same.
            is_said = NOT_PUT_BY in done.stderr
            if not bench.versions_are_whole() or (state == "new" and not bench.holds_old_version() and not is_said):
                figures.problems.append(f"{what}: the versions before are not whole")
            if is_said:
                figures.count(f"save, {error}", "no version")
            if bench.project.stat().st_mode & 0o777 != 0o600 and not (name.endswith("chmod") and state == "old"):
                figures.problems.append(f"{what}: others may read the file now")

    bench.clear()
    command = ["new", str(bench.project), "--template", "saas-growth"]
    found = calls(bench, command, str(bench.folder), log)
    print(f"a new file takes {len(found)} system calls")
    for how in ["signal=KILL", *(f"error={error}" for error in ERRORS)]:
        row = "new file killed" if "KILL" in how else f"new file, {how[6:]}"
        for name, number in [call for call in found if "KILL" in how or call[0] in FILE_CALLS][::every]:
            bench.clear()
            done = inject(bench, command, name, number, how)
            what = f"{row} at {name} {number}"
            state = bench.state(bench.project, b"", lambda content: content.endswith(b")\n"))
            left = judge(figures, bench, row, what, done, state, ["none"])
            if left and state == "new":
                sweep_is_done(figures, bench, what, left)


def expect(figures, row, what, bench, done, words, path=None, old=None):
    """A save that has to be refused, with these words, and to leave everything as it was."""
    path = path or bench.project
    old = bench.old if old is None else old
    figures.count(row, "runs")
    state = "old" if path.read_bytes() == old else "torn"
    figures.count(row, state)
    if done.returncode == 0:
        figures.count(row, "lies")
    if done.returncode == 0 or state != "old" or not any(word in done.stderr for word in words):
        figures.problems.append(f"{what}: code {done.returncode}, {state}: {done.stderr.strip()}")
    left = [other.name for other in path.parent.iterdir() if other.name.endswith(".tmp")]
    if left:
        figures.count(row, "left over")
        figures.problems.append(f"{what}: left {left}")
    print(f"  {what}: {done.stderr.strip()}")


def mounted(options, at):
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(at)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(f"skipped, for nothing can be mounted here: {done.stderr.strip()}")
    return done.returncode == 0


def disks(bench, figures):
    at = bench.root / "disk"
    at.mkdir()
    path = at / "plan.waymark.ron"
    if mounted("size=256k", at):
        try:
            # Room for the project, and for a part of a second one: the disk fills up in the middle of the write.
            path.write_bytes(bench.old)
            room = os.statvfs(at)
            (at / "filler").write_bytes(b"x" * (room.f_bavail * room.f_frsize - 4096))
            expect(figures, "full disk", "full disk", bench, bench.add(path=path), ["the disk is full"], path)
            # Versions that are put by have no room.
            bench.reset()
            (at / "filler").unlink()
            (at / "filler").write_bytes(b"x" * (room.f_bavail * room.f_frsize))
            data, bench.data = bench.data, at
            done = bench.add()
            bench.data = data
            state = bench.state(bench.project, bench.old, lambda content: TITLE.encode() in content)
            for column in ["runs", state, "no version"]:
                figures.count("full disk", column)
            if done.returncode != 0 or state != "new" or NOT_PUT_BY not in done.stderr:
                figures.problems.append(f"no room for the version before: code {done.returncode}, {state}: {done.stderr.strip()}")
            print(f"  no room for the version before: {done.stderr.strip()}")
        finally:
            subprocess.run(["umount", str(at)], check=True)
    if mounted("size=256k", at):
        try:
            path.write_bytes(bench.old)
            subprocess.run(["mount", "-o", "remount,ro", str(at)], check=True)
            expect(figures, "read-only disk", "read-only disk", bench, bench.add(path=path), ["the disk can only be read"], path)
        finally:
            subprocess.run(["umount", str(at)], check=True)


def write_protected(bench, figures):
    """Root may write everything, so another user tries."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        print("skipped, for this is not root, or there is no setpriv: files of others")
        return
    as_nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    with tempfile.TemporaryDirectory(dir="/tmp") as there:
        there = pathlib.Path(there)
        os.chmod(there, 0o755)
        binary = there / "waymark"
        shutil.copy(bench.binary, binary)
        for name, mode, owner, folder_mode, words in [
            ("own file, write-protected", 0o444, NOBODY, 0o755, ["write-protected"]),
            ("file of another in a folder of one's own", 0o644, 0, 0o755, ["write-protected"]),
            ("own file in a folder that may not be written", 0o644, NOBODY, 0o555, ["you have no permission for it"]),
        ]:
            bench.reset()
            folder = there / re.sub(r"\W", "-", name)
            folder.mkdir()
            path = folder / "plan.waymark.ron"
            path.write_bytes(bench.old)
            os.chmod(path, mode)
            os.chown(path, owner, owner)
            os.chown(folder, NOBODY, NOBODY)
            os.chmod(folder, folder_mode)
            data, bench.data = bench.data, there / f"data-{folder.name}"
            bench.data.mkdir()
            os.chown(bench.data, NOBODY, NOBODY)
            expect(figures, "permissions", name, bench, bench.add(as_nobody, path, binary), words, path)
            bench.data = data


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = pathlib.Path(__file__).resolve().parents[2]
    parser.add_argument("binary", nargs="?", type=pathlib.Path, default=here / "target/debug/waymark")
    parser.add_argument("--every", type=int, default=1, help="try only every Nth system call")
    args = parser.parse_args()
    if not args.binary.exists():
        sys.exit(f"{args.binary} is not there: cargo build, or say where it is")
    figures = Figures()
    with tempfile.TemporaryDirectory() as root:
        os.chmod(root, 0o755)
        bench = Bench(args.binary.resolve(), pathlib.Path(root))
        if shutil.which("strace"):
            killed_and_refused(bench, figures, args.every)
        else:
            print("skipped, for there is no strace: killed and refused calls")
        bench.reset()
        disks(bench, figures)
        write_protected(bench, figures)
    width = max(map(len, figures.rows), default=0)
    print("\n" + " " * width + "".join(f"{name:>18}" for name in COLUMNS))
    for row, counts in figures.rows.items():
        print(f"{row:<{width}}" + "".join(f"{counts[name]:>18}" for name in COLUMNS))
    print(f"{'all':<{width}}" + "".join(f"{figures.total(name):>18}" for name in COLUMNS))
    for problem in figures.problems:
        print(f"WRONG: {problem}")
    sys.exit(1 if figures.problems else 0)


main()
