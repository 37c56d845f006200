"""The server, the scripts and the rivals of the groups `call` and `pages` of scripts/bench."""
import json
import os
import subprocess
import sys

PAGES, ROWS = 50, 200
# What is read and printed is the same for all three: who runs, with a name and a region.
WAGGLE = "print (instances list | where status == running | select id name region | to json)"
BASH = """set -euo pipefail
read=0 total=1 page=0
while [ "$read" -lt "$total" ]; do
  answer=$(curl -sS -H "Authorization: Bearer $BEEOS_API_KEY" \\
    "$BEEOS_API_URL/api/v1/instances?page=$page&pageSize=200")
  jq -c '.data[] | select(.status == "running") | {id, name, region}' <<<"$answer"
  read -r count total < <(jq -r '"\\(.data | length) \\(.total)"' <<<"$answer")
  read=$((read + count)) page=$((page + 1))
done
"""
PYTHON = """import asyncio, json, os, aiohttp
URL = os.environ["BEEOS_API_URL"] + "/api/v1/instances"
KEY = {"Authorization": "Bearer " + os.environ["BEEOS_API_KEY"]}
async def main():
    gate = asyncio.Semaphore(32)
    async with aiohttp.ClientSession(headers=KEY) as session:
        async def read(page):
            async with gate, session.get(URL, params={"page": page, "pageSize": 200}) as answer:
                return await answer.json()
        first = await read(0)
        rest = range(1, -(-first["total"] // 200))
        pages = [first, *await asyncio.gather(*map(read, rest))]
    print(json.dumps([{k: bee[k] for k in ("id", "name", "region")}
                      for page in pages for bee in page["data"] if bee["status"] == "running"]))
asyncio.run(main())
"""
AIOHTTP = ["aiohttp==3.14.5", "aiohappyeyeballs==2.7.1", "aiosignal==1.4.0", "attrs==26.1.0",
           "frozenlist==1.8.0", "idna==3.20", "multidict==7.2.1", "propcache==0.5.4",
           "typing-extensions==4.16.0", "yarl==1.25.1"]


class Server:
    """A server of some bodies, one for each page, with the environment that clients need."""

    def __init__(self, work, bodies, delay=0):
        program = os.path.join(work, "server")
        if not os.path.exists(program):
            subprocess.check_call(
                ["gcc", "-O2", "-pthread", "-o", program, "scripts/bench_server.c"])
        files = [os.path.join(work, f"body-{number}.json") for number in range(len(bodies))]
        for file, body in zip(files, bodies):
            with open(file, "w") as out:
                out.write(body)
        self.process = subprocess.Popen(
            [program, *files], stdout=subprocess.PIPE, text=True,
            env={**os.environ, "DELAY_US": str(int(delay * 1e6))})
        self.address = "http://127.0.0.1:" + self.process.stdout.readline().strip()
        os.environ.update(BEEOS_API_URL=self.address, BEEOS_API_KEY="oag_" + "0" * 64)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def aiohttp_python():
    """A Python that has aiohttp, from PyPI the first time."""
    venv = os.path.join(".build", "bench")
    python = os.path.join(venv, "bin", "python")
    if not os.path.exists(os.path.join(venv, "whole")):
        subprocess.check_call([sys.executable, "-m", "venv", "--clear", venv])
        subprocess.check_call([python, "-m", "pip", "install", "--quiet", "--no-deps",
                               "--disable-pip-version-check", *AIOHTTP])
        open(os.path.join(venv, "whole"), "w").close()
    return python


def rows(output):
    """What a client printed, one array or a record a line, as records."""
    values = [json.loads(line) for line in output.splitlines()]
    return values[0] if len(values) == 1 else values


# 2,000 single gets: the same for all, one after another or 32 at once.
GETS, FLIGHT = 2000, 32
ONE_BY_ONE = """let total = 0
for i in 0..1999 { total = $total + (count [(instances get "instance_$i")]) }
print $total
"""
AT_ONCE = """let bees = for i in 0..1999 parallel 32 { instances get "instance_$i" }
print ($bees | count)
"""
PYTHON_GETS = """import asyncio, json, os, aiohttp
URL = os.environ["BEEOS_API_URL"] + "/api/v1/instances/instance_"
KEY = {"Authorization": "Bearer " + os.environ["BEEOS_API_KEY"]}
async def main():
    gate = asyncio.Semaphore(32)
    async with aiohttp.ClientSession(headers=KEY) as session:
        async def read(number):
            async with gate, session.get(URL + str(number)) as answer:
                return (await answer.json())["data"]
        print(len(await asyncio.gather(*map(read, range(2000)))))
asyncio.run(main())
"""


def curl(program, config, parallel=False):
    """A curl that makes the gets over connections that it keeps."""
    address, key = os.environ["BEEOS_API_URL"], os.environ["BEEOS_API_KEY"]
    with open(config, "w") as out:
        out.write(f'silent\nfail\nheader = "Authorization: Bearer {key}"\n')
        for number in range(GETS):
            out.write(f'url = "{address}/api/v1/instances/instance_{number}"\noutput = /dev/null\n')
    return [program, *(["--parallel", "--parallel-max", str(FLIGHT)] if parallel else []),
            "--config", config]
