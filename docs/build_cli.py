"""Writes docs/cli.md from what the commands say about themselves; run by `make docs`."""

from __future__ import annotations

import os
from pathlib import Path

from peil.cli.main import app

_HEAD = """# The command line

Written from `peil --help` by `make docs`; a test fails when it is stale.

| exit code | means |
|---|---|
| 0 | fine |
| 1 | something you can mend or wait for: a file, a mapping, a question, a full disk, a warehouse in use |
| 2 | a command line that can't be read |
| 3 | a bug in Peil; the message names a file with the traceback to report |
| 130 | stopped with Ctrl-C; nothing was changed |

With `--json` answers go to stdout and errors to stderr, both as JSON. Progress bars appear on a
terminal only, colours never in a pipe or with `NO_COLOR`. `PEIL_WAREHOUSE` and `PEIL_LANGUAGE`
stand in for `--warehouse` and `--language`.
"""


def reference() -> str:
    """The page, as Markdown."""
    import typer.main

    os.environ |= {"COLUMNS": "100", "TERMINAL_WIDTH": "100"}
    group = typer.main.get_command(app)
    with group.make_context("peil", [], resilient_parsing=True) as top:
        pages = [_section("peil", group.get_help(top))]
        for name in group.list_commands(top):  # type: ignore[attr-defined]
            command = group.get_command(top, name)  # type: ignore[attr-defined]
            with command.make_context(name, [], parent=top, resilient_parsing=True) as ctx:
                pages.append(_section(f"peil {name}", command.get_help(ctx)))
    return "\n".join([_HEAD, *pages])


def _section(title: str, text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return f"## {title}\n\n```text\n{lines}\n```\n"


if __name__ == "__main__":
    Path(__file__).with_name("cli.md").write_text(reference(), encoding="utf-8")
