# shellcheck shell=sh
# The Python environment of the house, in .venv: sourced by bin/serve, bin/test and bin/check, from the project's folder.

say() { printf '%s\n' "$@"; }
fail() {
  say "$@" >&2
  exit 1
}

# Print the first Python that is new enough. A name on the PATH may be a stub that runs nothing, so each is run.
find_python() {
  for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      say "$candidate"
      return
    fi
  done
  fail "Juste Nuit needs Python 3.11 or newer, and none was found. Install it, or name it: PYTHON=/path/to/python3 $0"
}

# Make .venv, unless a working one stands there (it breaks when the folder moves or the system's Python goes).
make_environment() {
  if .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    return
  fi
  system_python=$(find_python)
  "$system_python" -c 'import ensurepip, venv' >/dev/null 2>&1 ||
    fail "This Python cannot make environments. On Debian or Ubuntu: apt-get install python3-venv"
  say "Making a Python environment in .venv …"
  "$system_python" -m venv --clear .venv
}

# Install one file of pinned, hashed requirements; nothing to do while it is the file that was installed last.
install_requirements() {
  if cmp -s "$1" ".venv/installed-$1"; then
    return
  fi
  total=$(grep -c '^[a-z0-9].*==' "$1")
  say "Installing $total packages from $1 (under a minute, or some minutes on a slow line) …"
  if command -v uv >/dev/null 2>&1 && uv pip install --quiet --python .venv/bin/python --require-hashes -r "$1"; then
    cp "$1" ".venv/installed-$1"
    return
  fi
  rm -f .venv/install-failed
  { .venv/bin/python -m pip install --disable-pip-version-check --no-input --require-hashes -r "$1" 2>&1 ||
    : >.venv/install-failed; } | tee .venv/install.log | show_progress "$total"
  if [ -e .venv/install-failed ]; then
    tail -n 15 .venv/install.log >&2
    fail "The packages could not be installed: see above, or .venv/install.log."
  fi
  cp "$1" ".venv/installed-$1"
}

# Turn pip's words into one line that counts on a terminal, and into a line every ten packages elsewhere.
show_progress() {
  [ -t 1 ] && terminal=1 || terminal=0
  awk -v total="$1" -v terminal="$terminal" '
    /^(Collecting|Processing) / { n++; if (terminal) printf "\r  %3d of %d  %-50.50s", n, total, $2
                        else if (n % 10 == 0) printf "  %d of %d\n", n, total; fflush() }
    /^Installing /    { printf terminal ? "\r  unpacking %-55s" : "  unpacking\n", ""; fflush() }
    END               { if (terminal) printf "\r%66s\r", "" }'
}

# Compile the translations: the compiled catalogues are not kept in the repository.
compile_catalogues() {
  if [ -d app/translations ]; then
    .venv/bin/pybabel -q compile --directory app/translations
  fi
}
