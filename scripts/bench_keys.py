"""How soon Ctrl-C at the prompt is answered while 500 waits run; a group of scripts/bench."""
import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

WAITS = 'for b in (bees) parallel 500 { wait $b until name == "nobody" timeout 1h }'
PATIENCE = 20


class Prompt:
    """The program on a terminal of its own."""

    def __init__(self, waggle, instances):
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.execve(waggle, [waggle, "--sandbox", "--instances", str(instances)],
                      {"TERM": "xterm", "NO_COLOR": "1", "PATH": os.environ["PATH"]})
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 120, 0, 0))
        self.seen = b""

    def read(self, seconds=PATIENCE):
        """Whatever comes next; nothing where nothing comes in time."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return b""
        return os.read(self.terminal, 65536)

    def expect(self, text):
        """Reads up to a text."""
        while text not in self.seen:
            more = self.read()
            if not more:
                sys.exit(f"keys: `{text.decode()}` did not come, but {self.seen[-400:]!r}")
            self.seen += more
        self.seen = self.seen.split(text, 1)[1]

    def press(self, keys):
        """Presses keys and gives the moment; what came before does not count as their answer."""
        while self.read(0.02):
            pass
        self.seen = b""
        began = time.perf_counter()
        os.write(self.terminal, keys)
        return began

    def close(self):
        """Takes the terminal away."""
        os.close(self.terminal)
        os.waitpid(self.process, 0)


def interrupts(waggle, runs=20):
    """The seconds from Ctrl-C until it is answered, and until the prompt asks again, of each run."""
    prompt = Prompt(waggle, 500)
    prompt.expect(b"sandbox> ")
    answered, taken = [], []
    for _ in range(runs):
        prompt.press(WAITS.encode() + b"\r")
        prompt.expect(b"500 waits")
        time.sleep(1)
        began = prompt.press(b"\x03")
        prompt.expect(b"stopping")
        answered.append(time.perf_counter() - began)
        prompt.expect(b"sandbox> ")
        taken.append(time.perf_counter() - began)
    prompt.close()
    return sorted(answered), sorted(taken)


def completions(waggle, runs=20):
    """The seconds from Tab to its choices, behind 4 KB of a line and among 500 variables."""
    prompt = Prompt(waggle, 5)
    prompt.expect(b"sandbox> ")
    taken = []
    for first in range(0, 500, 50):
        lets = "; ".join(f"let v{number} = (bees)" for number in range(first, first + 50))
        prompt.press(lets.encode() + b"\r")
        prompt.expect(b"sandbox> ")
    prompt.press(b"print 1; " * 400 + b"bees | where st")
    for _ in range(runs):
        began = prompt.press(b"\t")
        prompt.expect(b"statusEnteredAt")
        taken.append(time.perf_counter() - began)
    prompt.close()
    return sorted(taken)
