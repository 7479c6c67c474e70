"""Hold `python -m pricing check` against the shared price scales, and against those that must be refused.

    python tests/shared/scales.py ../shared/scales

Run by bin/check-shared alone. It also says where the copies in tests/pricing/scale/files have fallen behind.
"""

import json
import subprocess
import sys
from pathlib import Path

COPIES = Path(__file__).parent.parent / "pricing" / "scale" / "files"
REFUSED = 2


def check(*files: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line over some files."""
    command = [sys.executable, "-m", "pricing", "check", *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def fault_of(file: Path) -> str | None:
    """Return how a file that must be refused is not refused as it expects, None if it is."""
    expected = json.loads(file.read_bytes())["expect_error"]
    checked = check(file)
    wanted = f"{file}: {expected['at']}: {expected['code']}: "
    first = checked.stderr.partition("\n")[0]
    if checked.returncode == REFUSED and first.startswith(wanted):
        return None
    return f"exit code {checked.returncode}, {first or 'no fault'}; expected {wanted}"


def is_copied(file: Path, folder: Path) -> bool:
    """Tell whether the tests hold the same file."""
    copy = COPIES / file.relative_to(folder)
    return copy.is_file() and copy.read_bytes() == file.read_bytes()


def main(folder: Path) -> int:
    """Check every file; print what differs and return the exit code."""
    scales, invalid = sorted(folder.glob("*.json")), sorted((folder / "invalid").glob("*.json"))
    checked = check(*scales)
    print(checked.stdout, checked.stderr, sep="", end="")
    faults = [fault for fault in map(fault_of, invalid) if fault]
    faults += [
        f"{file} has no copy like it in {COPIES}"
        for file in (*scales, *invalid)
        if not is_copied(file, folder)
    ]
    print(*faults, f"{len(invalid)} files to refuse, {len(faults)} faults", sep="\n")
    return 1 if checked.returncode or faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
