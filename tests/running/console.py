"""Runs commands of `manage.py` in a host: each in a process of its own, forked, which need not import again.

Reads one command a line, as JSON; answers with the exit code and what was printed.
"""

import json
import os
import sys
import traceback
from importlib import import_module

import django
from django.conf import settings
from django.core.management import execute_from_command_line


def main() -> None:
    django.setup()
    import_module(settings.ROOT_URLCONF)
    for line in sys.stdin:
        print(json.dumps(answered(json.loads(line))), flush=True)  # noqa: T201


def answered(command: list[str]) -> tuple[int, str]:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        run(command, writing)
    os.close(writing)
    with open(reading) as printed:
        text = printed.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text


def run(command: list[str], writing: int) -> None:
    os.dup2(writing, sys.stdout.fileno())
    status = 1
    try:
        execute_from_command_line(["manage.py", *command])
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
