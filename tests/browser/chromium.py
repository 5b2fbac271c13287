"""Where Chromium is on this machine; run as a script, it installs Debian's where that is possible."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
REMEDY = (
    "No Chromium was found, so the tests in a browser cannot run. Install one (on Debian: apt-get install chromium) "
    "or name its program in AMPARO_CHROMIUM."
)


def chromium_path() -> str:
    """The program that AMPARO_CHROMIUM names, else the first usual name on the path; "" where there is none."""
    named = os.environ.get("AMPARO_CHROMIUM", "")
    found = (shutil.which(name) for name in ([named] if named else NAMES))
    return next((path for path in found if path), "")


def can_install() -> bool:
    """Whether Debian's package can be installed from here: apt-get is there and we are root."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def install_chromium() -> None:
    """Install Debian's package; raises `CalledProcessError` where apt-get refuses."""
    apt = ["apt-get", "-o", "DPkg::Lock::Timeout=500", "-qq"]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*apt, "update"], check=True, env=quiet, stdout=subprocess.DEVNULL)
    wanted = ["install", "-y", "--no-install-recommends", "chromium"]
    subprocess.run([*apt, *wanted], check=True, env=quiet, stdout=subprocess.DEVNULL)


def main() -> int:
    """Print where Chromium is, after installing it where it was missing and could be; 1 where there is none."""
    if not chromium_path() and not os.environ.get("AMPARO_CHROMIUM") and can_install():
        print("Not there: installing Debian's chromium (about 110 MB).")
        try:
            install_chromium()
        except (subprocess.CalledProcessError, OSError) as fault:
            print(f"apt-get could not install it: {fault}", file=sys.stderr)
    print(chromium_path() or REMEDY)
    return 0 if chromium_path() else 1


if __name__ == "__main__":
    sys.exit(main())
