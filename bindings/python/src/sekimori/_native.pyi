"""The native half. Use the package's own names instead."""

from typing import Any, Optional, Sequence

__version__: str

class Report:
    def exit_code(self) -> int: ...
    def decide(self, fail_on: str, block: bool) -> bool: ...
    def render(self, format: str, language: str, width: int, colour: bool) -> str: ...

class Policy:
    def check_bytes(
        self, name: str, bytes: Optional[bytes], scope: str, report_for: str, input_format: str, namespace: str, now: Optional[int], only_changed: bool,
        strict_json: bool, include_planned: bool, threads: int, include: Sequence[str], limits: dict[str, int], registers: Sequence[str],
    ) -> Report: ...
    def check_object(
        self, name: str, object: dict[str, Any], scope: str, report_for: str, input_format: str, namespace: str, now: Optional[int], only_changed: bool,
        strict_json: bool, include_planned: bool, threads: int, include: Sequence[str], limits: dict[str, int], registers: Sequence[str],
    ) -> Report: ...

def load(paths: Sequence[str], organisation: str) -> tuple[Optional[Policy], list[dict[str, Any]], str]: ...
