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

Undetermined = Literal["block", "allow", "block_new"]
Now = Union[None, int, datetime.datetime]


class Error(Exception):
    """Whatever Sekimori raises. ``diagnostics`` says where and what to do."""

    def __init__(self, message: str, diagnostics: Sequence[Diagnostic] = ()) -> None:
        super().__init__(message)
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)


class RuleError(Error, ValueError):
    """A rule, kinds or organisation document has mistakes."""


class InputError(Error, ValueError):
    """An object given to ``check``, or a report given to ``diff`` or as a baseline, is nothing that can be read."""


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
        """True if a change may go on. What to do with undetermined verdicts must be said: it has no default.

        ``fail_on="new"`` (from high on) or ``"new:medium"`` lets pass what the baseline of the check knows; ``undetermined="block_new"`` likewise.
        """
        if undetermined not in ("block", "allow", "block_new"):
            raise ValueError("undetermined is 'block', 'allow' or 'block_new'")
        only_new = fail_on == "new" or fail_on.startswith("new:")
        if (only_new or undetermined == "block_new") and not self._native.has_baseline():
            raise ValueError("what is new is told by an earlier report: check(..., baseline=...)")
        return self._native.decide((fail_on[4:] or "high") if only_new else fail_on, undetermined, only_new)

    def diff(self, earlier: Earlier, *, same_inputs: Mapping[str, str] | None = None) -> Difference:
        """What changed since an earlier report."""
        return diff(earlier, self, same_inputs=same_inputs)

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


Earlier = Union[Report, bytes, str, "os.PathLike[str]"]


def _earlier(given: Earlier) -> tuple[str, str]:
    """Name and JSON of a report that was made before."""
    if isinstance(given, Report):
        return "<report>", given.to_json()
    if isinstance(given, (bytes, bytearray, memoryview)):
        name, raw = "<bytes>", bytes(given)
    elif isinstance(given, str) and given.lstrip().startswith("{"):
        return "<text>", given
    elif isinstance(given, (str, os.PathLike)):
        name = os.fspath(given)
        try:
            with open(name, "rb") as file:
                raw = file.read()
        except OSError as error:
            raise InputError(f"{name}: {error.strerror}") from None
    else:
        raise InputError(f"an earlier report is a Report, bytes, a JSON text or a path, not {type(given).__name__}")
    try:
        return name, raw.decode("utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{name}: not UTF-8") from None


class Difference:
    """What changed between two reports (sekimori.diff/v1). Prints itself; has no truth value."""

    def __init__(self, before: tuple[str, str], after: tuple[str, str], same_inputs: Mapping[str, str]) -> None:
        self._arguments = (*before, *after)
        self._same_inputs = dict(same_inputs)
        self.data: Mapping[str, Any] = json.loads(self.render("json"))

    @property
    def counts(self) -> Mapping[str, int]:
        """By class: new, changed, unchanged, fixed, not_asked, not_seen."""
        counts: dict[str, int] = self.data["counts"]
        return counts

    @property
    def complete(self) -> bool:
        """False where something could not be compared: ``data["not_compared"]`` says what."""
        return not self.data["not_compared"]

    def findings(self, *classes: str) -> list[Mapping[str, Any]]:
        """Those of the classes; without any, all."""
        return [one for one in self.data["findings"] if not classes or one["class"] in classes]

    def render(self, format: str, *, language: str = "ja") -> str:
        """As "text", "json", "markdown", "csv" or "html"."""
        try:
            return _native.difference(*self._arguments, format, language, self._same_inputs)
        except ValueError as error:
            raise InputError(str(error)) from None

    def __bool__(self) -> bool:
        raise TypeError("a difference is neither true nor false: use its counts, and complete")

    def __str__(self) -> str:
        return self.render("text")

    def __repr__(self) -> str:
        return "<Difference " + ", ".join(f"{number} {name}" for name, number in self.counts.items()) + ">"


def diff(before: Earlier, after: Earlier, *, same_inputs: Mapping[str, str] | None = None) -> Difference:
    """What changed from one report to another. ``same_inputs``: what an input of the first is called in the second."""
    return Difference(_earlier(before), _earlier(after), same_inputs or {})


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
        baseline: Earlier | None = None,
        same_inputs: Mapping[str, str] | None = None,
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
        raises nothing: the report says so, and ``decide`` is then False. ``baseline`` is an earlier report: findings say how they stand against it (docs/baselines.md). From ``findings_listed`` on the arguments are limits (docs/language.md, "Cost and limits").
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
        arguments = (scope, report_for, input_format, namespace, _seconds(now), only_changed, strict_json, include_planned, threads, list(include), set_limits, [os.fspath(path) for path in registers],
                     None if baseline is None else _earlier(baseline), dict(same_inputs or {}))
        try:
            return self._check(obj, name, arguments)
        except ValueError as error:
            if baseline is None or isinstance(error, InputError):
                raise
            raise InputError(str(error)) from None

    def _check(self, obj: Any, name: str | None, arguments: tuple[Any, ...]) -> Report:
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
