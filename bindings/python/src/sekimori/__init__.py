"""Sekimori: security rules in CEL, asked of cloud configurations.

    import sekimori
    policy = sekimori.load("builtin:baseline")
    report = policy.check("plan.json")
    if not report.decide(fail_on="high", undetermined="block"):
        print(report)
"""

from ._facade import (
    Diagnostic,
    Difference,
    Error,
    Finding,
    InputError,
    Policy,
    Report,
    RuleError,
    Undetermined,
    diff,
    load,
)
from ._native import __version__

__all__ = [
    "Diagnostic",
    "Difference",
    "Error",
    "Finding",
    "InputError",
    "Policy",
    "Report",
    "RuleError",
    "Undetermined",
    "__version__",
    "diff",
    "load",
]
