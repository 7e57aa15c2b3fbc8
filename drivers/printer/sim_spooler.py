"""A private cupsd with one queue that prints to a simulated printer. Works as root and as an ordinary user.

Odd: as root cupsd runs filters as ``lp``, who must reach every folder; ``TempDir`` must be ``root:lp 1770``. Debian's
AppArmor profile of ``/usr/sbin/cupsd`` knows only ``/etc/cups`` and ``/var/spool/cups``, so a copy of it is started.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from core.failures import DeviceBroken
from drivers.printer.sim_process import Keeper, Service, answers, free_port

CUPSD = Path("/usr/sbin/cupsd")

SETTINGS = """\
LogLevel warn
Listen 127.0.0.1:{port}
Browsing Off
WebInterface No
DefaultAuthType None
ErrorPolicy abort-job
PreserveJobHistory Yes
PreserveJobFiles No
MaxLogSize 0
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""

FILES = """\
ServerRoot {root}/etc
StateDir {root}/run
CacheDir {root}/cache
RequestRoot {root}/spool
TempDir {root}/tmp
AccessLog {root}/log/access_log
ErrorLog {root}/log/error_log
PageLog {root}/log/page_log
User {user}
Group {group}
Sandboxing relaxed
"""


class SimulatedSpooler:
    """``root`` a folder of its own below the stand's runtime folder; ``address`` is ``host:port`` for CUPS clients."""

    def __init__(self, root: Path, log: Path, keeper: Keeper, env: Mapping[str, str]) -> None:
        self.root = root
        self.port = free_port()
        self._daemon = root / "cupsd"
        files = root / "etc" / "cups-files.conf"
        argv: list[str | Path] = [self._daemon, "-f", "-c", root / "etc" / "cupsd.conf", "-s", files]
        self._service = Service("spooler", argv, log, keeper, env)
        self._env = env

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def _prepare(self) -> None:
        user, group = self._owner()
        for name in (".", "etc", "etc/ppd", "run", "cache", "spool", "tmp", "log"):
            (self.root / name).mkdir(parents=True, exist_ok=True)
            (self.root / name).chmod(0o755)  # whatever our umask is
        os.chown(self.root / "tmp", -1, group)
        (self.root / "tmp").chmod(0o1770)
        shutil.copy(CUPSD, self._daemon)
        (self.root / "etc" / "cupsd.conf").write_text(SETTINGS.format(port=self.port))
        (self.root / "etc" / "cups-files.conf").write_text(FILES.format(root=self.root, user=user, group=group))

    @staticmethod
    def _owner() -> tuple[int, int]:
        if os.geteuid() != 0:
            return os.geteuid(), os.getegid()
        return pwd.getpwnam("lp").pw_uid, grp.getgrnam("lp").gr_gid

    def start(self, queue: str, device_uri: str) -> None:
        self._prepare()
        self._service.start()
        self._service.wait_until(lambda: answers(self.port))
        self._add_queue(queue, device_uri)

    def _add_queue(self, queue: str, device_uri: str) -> None:
        """The queue's description appears some 50 ms after lpadmin has returned."""
        argv = ["lpadmin", "-h", self.address, "-p", queue, "-E", "-v", device_uri, "-m", "everywhere"]
        done = subprocess.run(argv, env=self._env, capture_output=True, text=True, timeout=15, check=False)
        if done.returncode:
            raise DeviceBroken(f"lpadmin: {done.stderr.strip()}")
        self._service.wait_until((self.root / "etc" / "ppd" / f"{queue}.ppd").exists)

    def empty(self) -> None:
        """No job, running or kept."""
        argv = ["cancel", "-h", self.address, "-a", "-x"]
        subprocess.run(argv, env=self._env, capture_output=True, timeout=15, check=False)

    def freeze(self) -> None:
        """It hangs: lines can be opened, nothing answers."""
        self._service.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._service.signal(signal.SIGCONT)

    def end(self) -> None:
        self._service.end()
