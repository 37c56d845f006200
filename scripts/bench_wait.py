"""Waits for a fleet over HTTP, counted by the server: the `wait` group of scripts/bench.

The server keeps a token bucket (so many calls a second, one second's burst) and knows how long each
instance takes, so it also knows the floor: the starts at the quota and the last one's own time.
"""
import http.client
import json
import os
import random
import resource
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

KEY = "oag_" + "0" * 64


class Fleet:
    """Instances that are started and run some seconds later, behind a quota."""

    def __init__(self, count, per_second, takes):
        self.lock = threading.Lock()
        self.per_second = per_second
        self.tokens = float(per_second)
        self.filled = time.monotonic()
        self.calls = self.refused = self.peak = 0
        self.window = []
        draw = random.Random(1)
        self.takes = [draw.uniform(*takes) if takes else None for _ in range(count)]
        self.ready = [None] * count
        self.first = None

    def admit(self):
        """Whether a call is within the quota."""
        now = time.monotonic()
        with self.lock:
            self.first = self.first or now
            self.calls += 1
            self.window = [moment for moment in self.window if moment > now - 1] + [now]
            self.peak = max(self.peak, len(self.window))
            self.tokens = min(self.per_second, self.tokens + (now - self.filled) * self.per_second)
            self.filled = now
            if self.tokens < 1:
                self.refused += 1
                return False
            self.tokens -= 1
            return True

    def start(self, place):
        """Sets an instance going."""
        if self.takes[place] is not None:
            self.ready[place] = time.monotonic() + self.takes[place]

    def record(self, place):
        """An instance as the API shows it."""
        ready = self.ready[place]
        state = "stopped" if ready is None else "provisioning"
        if ready is not None and ready <= time.monotonic():
            state = "running"
        return {"id": f"instance_{place}", "name": f"scout-{place}", "status": state,
                "desiredStatus": "stopped" if ready is None else "running",
                "connectivity": "online" if state == "running" else "offline"}


def handler(fleet):
    """The request handler of a fleet."""
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = 1 << 16

        def log_message(self, *_):
            pass

        def answer(self, status, value, headers=()):
            body = json.dumps(value).encode()
            self.send_response(status)
            for name, text in (("content-type", "application/json"),
                               ("content-length", str(len(body))), *headers):
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(body)

        def serve(self):
            length = int(self.headers.get("content-length") or 0)
            self.rfile.read(length)
            if not fleet.admit():
                return self.answer(
                    429, {"success": False, "error": {
                        "type": "rate_limit_error", "code": "rate_limited",
                        "message": "too many requests"}}, [("retry-after", "1")])
            url = urlparse(self.path)
            parts = url.path.split("/")[3:]
            if parts == ["instances"]:
                query = parse_qs(url.query)
                page, size = (int(query.get(name, [usual])[0])
                              for name, usual in (("page", 0), ("pageSize", 20)))
                rows = [fleet.record(place) for place in range(len(fleet.takes))]
                wanted = query.get("status")
                rows = [row for row in rows if not wanted or row["status"] in wanted]
                return self.answer(200, {"success": True, "total": len(rows),
                                         "data": rows[page * size:(page + 1) * size]})
            place = int(parts[1].removeprefix("instance_"))
            if len(parts) > 2:
                fleet.start(place)
            return self.answer(200, {"success": True, "data": fleet.record(place)})

        do_GET = do_POST = serve
    return Handler


class Server(ThreadingHTTPServer):
    """A server that forgets its connections when it ends."""
    daemon_threads = True
    request_queue_size = 1024


def serve(count, per_second, takes):
    """Starts a server; gives it and its fleet."""
    fleet = Fleet(count, per_second, takes)
    server = Server(("127.0.0.1", 0), handler(fleet))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, fleet


def run(waggle, server, script, *flags):
    """Runs a script against a server; gives its seconds, processor seconds, memory and threads."""
    command = [waggle, "--quiet", "--api-url", f"http://127.0.0.1:{server.server_port}",
               *flags, "-c", script]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               env={**os.environ, "BEEOS_API_KEY": KEY})
    threads = kilobytes = 0
    output = []
    reader = threading.Thread(target=lambda: output.extend(process.communicate()))
    reader.start()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    while reader.is_alive():
        try:
            with open(f"/proc/{process.pid}/status") as file:
                for line in file:
                    if line.startswith("Threads:"):
                        threads = max(threads, int(line.split()[1]))
                    if line.startswith("VmHWM:"):  # the peak of this process, not of all before it
                        kilobytes = int(line.split()[1])
        except (FileNotFoundError, ProcessLookupError):
            pass
        reader.join(0.05)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": time.monotonic() - began, "cpu": cpu, "kilobytes": kilobytes,
            "threads": threads, "status": process.returncode, "output": output}


def job(waggle, what, count, per_second, script, *flags):
    """Starts a stopped fleet and waits for all of it; a row of the table."""
    server, fleet = serve(count, per_second, (2.0, 6.0))
    done = run(waggle, server, script, *flags)
    server.shutdown()
    took = time.monotonic() - fleet.first
    floor = (count - per_second) / per_second + max(fleet.takes)
    late = max(fleet.ready) - fleet.first
    print(f"{what:<44} {fleet.calls:5} calls  {fleet.refused:3} 429s  peak {fleet.peak:4}/s"
          f"  {done['seconds']:6.2f} s, floor {floor:5.2f} s, last ready at {late:5.2f} s"
          f"  {done['cpu']:5.2f} s cpu  {done['threads']:3} threads")
    if done["status"] != 0:
        print("\n".join(text for text in done["output"] if text))


def sandbox(waggle, what, script, *flags):
    """Runs a script against `waggle sandbox` and its quota; a row with what the sandbox counted."""
    served = subprocess.Popen(
        [waggle, "sandbox", "--port", "0", "--instances", "1250", "--fault", "rate-limit=100/s"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    settings = dict(served.stdout.readline().removeprefix("export ").strip().split("=", 1)
                    for _ in range(2))
    began = time.monotonic()
    done = subprocess.run([waggle, "--quiet", *flags, "-c", script], capture_output=True, text=True,
                          env={**os.environ, **settings})
    took = time.monotonic() - began
    served.terminate()
    counted = served.communicate()[1].splitlines()[-1]
    print(f"{what:<44} {counted}, {took:.2f} s, {done.stdout.strip()} there{done.stderr}")


def figures():
    """The rows of the simulation: the desk under the virtual clock beside what people write."""
    command = ["swift", "test", "--filter", "WaitFiguresTests"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env={**os.environ, "WAGGLE_FIGURES": "1"})
    print(f"{'under the virtual clock':<44}   calls    429s  lag p50    p99    max, ms")
    for line in done.stdout.splitlines():
        if line.startswith("figure\t"):
            what, *numbers = line.split("\t")[1:]
            print(f"{what:<44} " + " ".join(f"{number:>7}" for number in numbers))


def waits(waggle):
    """All of it."""
    figures()
    fleet = "instances list --status stopped | start | wait until ready | count"
    job(waggle, "500 over HTTP, 6,000/min told", 500, 100, fleet, "--rate", "6000/min")
    job(waggle, "500 over HTTP, 6,000/min not told", 500, 100, fleet)
    sandbox(waggle, "500 against waggle sandbox, told", fleet, "--rate", "6000/min")
    sandbox(waggle, "500 against waggle sandbox, not told", fleet)
    each = "for bee in (instances list --status stopped) parallel {} " \
        "{{ start $bee; wait $bee until ready }}"
    job(waggle, "500 rounds at once, 6,000/min told", 500, 100, each.format(500),
        "--rate", "6000/min")
    job(waggle, "64 instances in 64 rounds", 64, 100, each.format(64), "--rate", "6000/min")
    server, fleet = serve(1000, 100, None)
    for place in range(1000):
        fleet.ready[place] = time.monotonic() + 3600
    done = run(waggle, server, "wait (bees) until ready timeout 60s")
    server.shutdown()
    print(f"{'1,000 wait for 60 s':<44} {fleet.calls:5} calls  "
          f"{done['cpu'] / done['seconds'] * 100:.2f} % of a core  "
          f"{done['kilobytes'] / 1024:.0f} MB")

