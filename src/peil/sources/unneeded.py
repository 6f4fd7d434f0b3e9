"""What pyarrow loads although nothing of this process uses it: pandas, wherever it is installed, for half a second."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec


class _Refusing:
    """A finder that knows no pandas; pyarrow then works without, as it does where pandas is not installed."""

    @classmethod
    def find_spec(cls, name: str, _path: Sequence[str] | None = None, _target: object = None) -> ModuleSpec | None:
        if name == "pandas":
            raise ModuleNotFoundError("pandas is left out here", name=name)
        return None


def leave_out_pandas() -> None:
    """For a process of Peil's own, at its start; never where others' code runs."""
    sys.meta_path.insert(0, _Refusing)
