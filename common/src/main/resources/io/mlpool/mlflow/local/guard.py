"""Runs a command that does not outlive its parent: python -c <this text> COMMAND...

When standard input ends, because the parent closes it or dies of anything, the command and all that it started are stopped.
A session of its own keeps Ctrl-C of the parent's terminal away: the parent decides what stops when.
"""
import os
import signal
import subprocess
import sys
import threading

SECONDS_TO_TIDY = 5


def signal_all(which):
    try:
        os.killpg(child.pid, which)
    except (ProcessLookupError, PermissionError):
        pass  # macOS says PermissionError of a group in which only a zombie is left


def stop(*_):
    signal_all(signal.SIGTERM)
    last_resort = threading.Timer(SECONDS_TO_TIDY, signal_all, [signal.SIGKILL])
    last_resort.daemon = True
    last_resort.start()


def stop_when_the_parent_is_gone():
    while os.read(0, 1024):
        pass
    stop()


os.setsid()
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True)
signal.signal(signal.SIGTERM, stop)
threading.Thread(target=stop_when_the_parent_is_gone, daemon=True).start()
code = child.wait()
signal_all(signal.SIGKILL)
os._exit(code if code >= 0 else 128 - code)
