"""Runs the demonstration: `make demo`. Makes what is missing, keeps what is there, serves on loopback."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("DEMO_DATA", HERE / "var"))
PORT = os.environ.get("PORT", "8000")


def main() -> None:
    check_port()
    os.chdir(HERE)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.demo", "PORT": PORT}
    for folder in ("db", "keys", "media", "private", "static"):
        (DATA / folder).mkdir(parents=True, exist_ok=True)
    if not (DATA / "keys" / "keyring").exists():
        run("manage.py", "diaspora_keys", "new")
    run("manage.py", "migrate", "--verbosity", "0")
    run("manage.py", "seed")
    serve()


def check_port() -> None:
    if not PORT.isdecimal() or not 0 < int(PORT) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not {PORT!r}.")
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", int(PORT)))
        except OSError:
            sys.exit(
                f"Port {PORT} is taken. Choose another: make demo PORT={(int(PORT) + 1) % 65536 or 8000}"
            )


def run(*command: str) -> None:
    if subprocess.run([sys.executable, *command]).returncode:
        sys.exit("The demonstration did not start; the reason stands above.")


def serve() -> None:
    server = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{PORT}"]
    server += ["--workers", "2", "--threads", "4", "--log-level", "warning"]
    clock = [sys.executable, "manage.py", "diaspora_tick", "--loop", "--verbosity", "0"]
    running = [subprocess.Popen(server), subprocess.Popen(clock)]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        running[0].wait()
    except KeyboardInterrupt:
        pass
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


if __name__ == "__main__":
    main()
