#!/usr/bin/env python3
"""Run a command and note what it took: seconds, processor seconds, peak memory in MB.

    measure.py NOTE COMMAND...

SPDX-License-Identifier: MIT
"""

import pathlib
import resource
import subprocess
import sys
import time

note, *command = sys.argv[1:]
began = time.monotonic()
status = subprocess.run(command).returncode
seconds = time.monotonic() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
pathlib.Path(note).write_text(
    f"{seconds:.1f} {used.ru_utime + used.ru_stime:.1f} {used.ru_maxrss // 1024}\n")
sys.exit(status if status >= 0 else 128 - status)
