"""The command line: `python -m geodata COMMAND …`. Exit 0 done, 1 refused with the reason on stderr, 2 wrong usage."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from geodata.commands import parser
from geodata.errors import AmparoError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit code; what is refused goes to stderr with its reason."""
    asked = parser().parse_args(arguments)
    try:
        code: int = asked.run(asked)
    except AmparoError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return code


if __name__ == "__main__":
    sys.exit(main())
