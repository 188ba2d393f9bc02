"""The Python API over the native module: immutable objects, one exception tree."""

from __future__ import annotations

import datetime
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Union

from . import _native

Undetermined = Literal["block", "allow"]
Now = Union[None, int, datetime.datetime]


class Error(Exception):
    """Whatever Sekimori raises. ``diagnostics`` says where and what to do."""

    def __init__(self, message: str, diagnostics: Sequence[Diagnostic] = ()) -> None:
        super().__init__(message)
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)


class RuleError(Error, ValueError):
    """A rule, kinds or organisation document has mistakes."""


class InputError(Error, ValueError):
    """An object given to ``check`` is nothing that can be read."""


@dataclass(frozen=True)
class Diagnostic:
    """One mistake with its place; line 0 means that it has none."""

    level: str
    code: str
    message: str
    file: str
    line: int
    column: int
    expected: str
    help: str


@dataclass(frozen=True)
class Finding:
    """One verdict of one rule on one resource, as the report lists it."""

    id: str
    rule: str
    ruleset: str
    verdict: str
    disposition: str
    severity: str
    input: str
    address: str
    type: str
    kind: str
    cloud: str
    scope: str
    message: Mapping[str, str]
    data: Mapping[str, Any] = field(repr=False)  #: the whole finding of the native report

    @staticmethod
    def _of(raw: Mapping[str, Any]) -> Finding:
        resource = raw["resource"]
        return Finding(
            id=raw["id"],
            rule=raw["rule"],
            ruleset=raw["ruleset"],
            verdict=raw["verdict"],
            disposition=raw["disposition"],
            severity=raw["severity"],
            input=raw["input"],
            address=resource["address"],
            type=resource["type"],
            kind=resource.get("kind", ""),
            cloud=resource.get("cloud", ""),
            scope=raw.get("scope", ""),
            message=raw.get("message", {}),
            data=raw,
        )


class Report:
    """The result of one check. Iterates its findings; prints itself; has no truth value."""

    def __init__(self, native: _native.Report) -> None:
        self._native = native
        self._data: dict[str, Any] | None = None
        self._findings: tuple[Finding, ...] | None = None

    def decide(self, fail_on: str = "high", *, undetermined: Undetermined) -> bool:
        """True if a change may go on. What to do with undetermined verdicts must be said: it has no default."""
        if undetermined not in ("block", "allow"):
            raise ValueError("undetermined is 'block' or 'allow'")
        return self._native.decide(fail_on, undetermined == "block")

    @property
    def exit_code(self) -> int:
        """What the command would exit with."""
        return self._native.exit_code()

    @property
    def data(self) -> Mapping[str, Any]:
        """The native report (sekimori.report/v1) as a dict."""
        if self._data is None:
            self._data = json.loads(self.to_json())
        return self._data

    @property
    def findings(self) -> tuple[Finding, ...]:
        if self._findings is None:
            self._findings = tuple(Finding._of(raw) for raw in self.data["findings"])
        return self._findings

    def to_json(self) -> str:
        return self._native.render("json", "ja", 100, False)

    def render(self, format: str, *, language: str = "ja", width: int = 100, colour: bool = False) -> str:
        """The report as "text", "json", "ndjson", "sarif" or "html"."""
        return self._native.render(format, language, width, colour)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __bool__(self) -> bool:
        raise TypeError("a report is neither true nor false: use report.decide(fail_on=..., undetermined=...)")

    def __str__(self) -> str:
        return self.render("text")

    def __repr__(self) -> str:
        total = self.data["summary"]["total"]
        return f"<Report {total['fail']} fail, {total['undetermined']} undetermined, {total['error']} error, {total['pass']} pass>"

    def _repr_html_(self) -> str:
        import html

        return '<iframe style="width:100%;height:40em;border:0" srcdoc="' + html.escape(self.render("html"), quote=True) + '"></iframe>'


class Policy:
    """Loaded rules. Immutable; may be used by several threads at once."""

    def __init__(self, native: _native.Policy, warnings: Sequence[Diagnostic]) -> None:
        self._native = native
        self.warnings: tuple[Diagnostic, ...] = tuple(warnings)

    def check(
        self,
        obj: Mapping[str, Any] | bytes | bytearray | memoryview | str | os.PathLike[str],
        *,
        name: str | None = None,
        scope: str = "",
        report_for: str = "",
        input_format: str = "",
        namespace: str = "",
        now: Now = None,
        only_changed: bool = False,
        strict_json: bool = False,
        registers: Sequence[str | os.PathLike[str]] = (),
        include_planned: bool = False,
        threads: int = 1,
        include: Sequence[str] = (),
        findings_listed: int | None = None,
        input_bytes: int | None = None,
        held_bytes: int | None = None,
        steps: int | None = None,
        cost: int | None = None,
        policy_cost: int | None = None,
        regex_bytes: int | None = None,
        regex_size: int | None = None,
    ) -> Report:
        """Checks a plan, a state, an export or manifests (docs/sources.md): a dict (read in place), bytes, a JSON text (a str that begins with ``{``), or a path.

        ``input_format`` says what the input is (``"terraform-state"`` ...), instead of its content. ``namespace`` is where manifests go that name none. ``registers`` are paths of registers and their mappings (docs/registers.md); ``include_planned`` lets appointments count that are not announced yet. ``threads`` judge; no number changes a byte of the report. ``now`` is filled in once, in whole seconds, where it is not given. An input that cannot be read
        raises nothing: the report says so, and ``decide`` is then False. From ``findings_listed`` on the arguments are limits (docs/language.md, "Cost and limits").
        """
        limits = {
            "findings_listed": findings_listed,
            "input_bytes": input_bytes,
            "held_bytes": held_bytes,
            "steps": steps,
            "cost": cost,
            "policy_cost": policy_cost,
            "regex_bytes": regex_bytes,
            "regex_size": regex_size,
        }
        set_limits = {limit: given for limit, given in limits.items() if given is not None}
        for limit, given in set_limits.items():
            if not 0 <= given < 2**64:
                raise ValueError(f"{limit} is a number from 0 to {2**64 - 1}")
        if not 1 <= threads <= 1024:
            raise ValueError("threads is a number from 1 to 1024")
        arguments = (scope, report_for, input_format, namespace, _seconds(now), only_changed, strict_json, include_planned, threads, list(include), set_limits, [os.fspath(path) for path in registers])
        if isinstance(obj, dict):
            try:
                return Report(self._native.check_object(name or "<dict>", obj, *arguments))
            except (TypeError, ValueError) as error:
                raise InputError(str(error)) from None
        if isinstance(obj, (bytes, bytearray, memoryview)):
            return Report(self._native.check_bytes(name or "<bytes>", bytes(obj), *arguments))
        if isinstance(obj, str) and obj.lstrip().startswith("{"):
            return Report(self._native.check_bytes(name or "<text>", obj.encode("utf-8"), *arguments))
        if isinstance(obj, (str, os.PathLike)):
            return Report(self._native.check_bytes(os.fspath(obj), None, *arguments))
        raise InputError(f"check() takes a dict, bytes, a JSON text or a path, not {type(obj).__name__}")


def _seconds(now: Now) -> int:
    if now is None:
        return int(time.time())
    if isinstance(now, datetime.datetime):
        if now.tzinfo is None:
            raise ValueError("now needs a time zone, for example datetime.timezone.utc")
        return int(now.timestamp())
    return int(now)


def load(*paths: str | os.PathLike[str], organisation: str | os.PathLike[str] = "") -> Policy:
    """Loads rule sets and kinds from paths and "builtin:NAME". Every mistake of every document is in the error."""
    native, diagnostics, text = _native.load([os.fspath(path) for path in paths], os.fspath(organisation))
    made = [Diagnostic(**raw) for raw in diagnostics]
    if native is None:
        raise RuleError(text, made)
    return Policy(native, made)
