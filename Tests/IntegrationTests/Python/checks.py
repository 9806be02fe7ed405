"""Runs the checks of a script one by one and prints what became of each as one JSON object."""

import json
import sys
import traceback

_checks = []


def check(function):
    """Registers a check; its docstring says what must hold."""
    _checks.append(function)
    return function


def raises(kind, work):
    """The error of that class that the work must end with."""
    try:
        work()
    except kind as error:
        return error
    raise AssertionError(f"no {kind.__name__}")


def run():
    """Prints the checks that held and the trace of each that did not."""
    passed, failed = [], {}
    for function in _checks:
        try:
            function()
            passed.append(function.__name__)
        except Exception:
            failed[function.__name__] = traceback.format_exc(limit=-3)
    print(json.dumps({"passed": passed, "failed": failed}))
    sys.exit(1 if failed else 0)
