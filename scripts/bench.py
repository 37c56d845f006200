"""The measurements of scripts/bench, which builds the binary and calls this with its folder."""
import json
import os
import resource
import shutil
import subprocess
import sys
import time

import bench_http
import bench_keys
import bench_wait

WORK = sys.argv[1]
WAGGLE = os.path.join(WORK, "waggle")
RUNBOOK = "scripts/runbooks/fleet-up.waggle"


def seconds(command, runs=1):
    """The time of the fastest of some runs, in seconds: what else the machine does only adds."""
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        taken.append(time.perf_counter() - began)
        if done.returncode != 0:
            sys.exit(f"{command} failed:\n{done.stderr.decode()}")
    return min(taken)


def processor_seconds(command, runs=1):
    """The processor time of the run that took least: what else the machine does hardly counts."""
    taken = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)


def peak_kilobytes(command):
    """The most memory that a command had."""
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    return os.wait4(pid, 0)[2].ru_maxrss


def script(name, text):
    """Writes a script for either language and gives its path."""
    path = os.path.join(WORK, name)
    with open(path, "w") as file:
        file.write(text)
    return path


def row(what, ours, theirs, other, goal, unit="ms", scale=1e3):
    """One line of the table: how many times faster (or smaller) we are, and the goal."""
    ratio = theirs / ours
    mark = "ok  " if ratio >= goal else "MISS"
    print(f"{mark} {what:<44} {ours * scale:9.1f} {unit}  {other:<8} {theirs * scale:9.1f} {unit}"
          f"  {ratio:6.2f}x  goal {goal:.2f}x")


def find(program):
    """The full path of a program."""
    return subprocess.check_output(["which", program], text=True).strip()


PYTHON = sys.executable


def page(number=0, total=200):
    """A page of 200 instances, about 245 KB."""
    status = ["running", "stopped", "provisioning"]
    rows = [{
        "id": f"instance_{n}", "ownerId": "user_1", "agentFramework": "openclaw",
        "providerId": "provider-a", "externalId": f"ext-{n}", "osType": "linux",
        "hostingType": "cloud", "cloudProvider": "aws", "name": f"scout-{n}",
        "modelPrimary": "gpt-4o", "models": ["gpt-4o", "claude-sonnet"], "status": status[n % 3],
        "desiredStatus": "running", "endpoint": f"https://scout-{n}.bees.example/agent",
        "bridgeId": f"bridge-{n}", "identityId": f"identity-{n}", "totalRunSeconds": n * 37,
        "connectivity": "online", "providerConfig": {"size": "large", "disk": 40, "gpu": False},
        "publicIp": f"203.0.113.{n % 250}", "region": "us-east-1", "isTrial": False,
        "systemPrompt": "You look after the fleet and report what you see. " * 9,
        "startedAt": "2026-05-14T18:00:00Z", "statusEnteredAt": "2026-05-14T18:00:00Z",
        "createdAt": "2026-05-01T08:30:00Z", "updatedAt": "2026-05-14T18:00:00.123456Z",
        "capabilities": {"browserUse": True, "codeExec": True},
    } for n in range(number * 200, number * 200 + 200)]
    return json.dumps({"success": True, "data": rows, "total": total}, separators=(",", ":"))


def start():
    """Start-up of the whole process."""
    print("start-up (best of 200)")
    ours = seconds([WAGGLE, "-c", "print 1"], 200)
    row("waggle -c 'print 1'", ours, seconds([find("bash"), "-c", "echo 1"], 200), "bash", 0.5)
    row("waggle -c 'print 1'", ours, seconds([PYTHON, "-c", "print(1)"], 40), "python3", 8)


def read_json():
    """Reading JSON: the time of further rounds, so that neither start-up counts."""
    text = page()
    print(f"json (a page of {len(text)} bytes, 1,000 reads)")
    quoted = text.replace("'", "''")
    loop = "for i in 1..{n} {{ let page = $text | from json }}\nprint done\n"
    few, many = (script(f"json{n}.waggle", f"let text = '{quoted}'\n" + loop.format(n=n))
                 for n in (1, 1001))
    code = ("import sys,time,json\ntry:\n import orjson as j\nexcept ImportError:\n j=json\n"
            "t=open(sys.argv[1],'rb').read()\nb=time.perf_counter()\n"
            "for i in range(1000): j.loads(t)\nprint(j.__name__,time.perf_counter()-b)\n")
    data = script("page.json", text)
    name, theirs = subprocess.check_output([PYTHON, "-c", code, data], text=True).split()
    ours = seconds([WAGGLE, many], 5) - seconds([WAGGLE, few], 5)
    row("from json", ours, float(theirs), name, 1)
    hold = (f"let text = '{quoted}'\nlet pages = []\n"
            + "for i in 1..94 { pages = $pages + [($text | from json)] }\nprint ($pages | count)\n")
    ours = peak_kilobytes([WAGGLE, script("hold.waggle", hold)])
    theirs = peak_kilobytes([PYTHON, "-c", "import sys,json\nt=open(sys.argv[1]).read()\n"
                             "p=[json.loads(t) for i in range(94)]", data])
    row("peak memory with 18,800 records", ours / 1e3, theirs / 1e3, "dicts", 2, "MB", 1)


LOOPS = {
    "arithmetic": (3, """let sum = 0
for i in 1..3000000 { sum = $sum + $i * 3 % 7 }
print $sum
""", """s = 0
for i in range(1, 3000001): s = s + i * 3 % 7
print(s)
"""),
    "field reads": (3, """let bee = {id: b1, name: scout, a: 1, b: 2, c: 3, runs: 7, cost: 3}
let sum = 0
for i in 1..3000000 { sum = $sum + $bee.runs + $bee.cost }
print $sum
""", """bee = {'id': 'b1', 'name': 'scout', 'a': 1, 'b': 2, 'c': 3, 'runs': 7, 'cost': 3}
s = 0
for i in range(1, 3000001): s = s + bee['runs'] + bee['cost']
print(s)
"""),
    "fib 27": (1.2, """def fib(n) { if $n < 2 { return $n }; return (fib ($n - 1)) + (fib ($n - 2)) }
print (fib 27)
""", """def fib(n):
    if n < 2: return n
    return fib(n - 1) + fib(n - 2)
print(fib(27))
"""),
    "a plain call": (1, """def next(n) { return $n + 1 }
let n = 0
while $n < 1000000 { n = (next $n) }
print $n
""", """def next(n): return n + 1
n = 0
while n < 1000000: n = next(n)
print(n)
"""),
    "text": (1 / 1.3, """let n = 0
for i in 1..1000000 { let _s = "scout-$i is $n"; n = $n + 1 }
print $n
""", """n = 0
for i in range(1, 1000001):
    s = f"scout-{i} is {n}"; n = n + 1
print(n)
"""),
    "append": (1, """let list = []
for i in 1..2000000 { list = $list + [$i] }
print ($list | count)
""", """x = []
for i in range(1, 2000001): x.append(i)
print(len(x))
"""),
}


LUA = {
    "arithmetic": """local s = 0
for i = 1, 3000000 do s = s + i * 3 % 7 end
print(s)
""",
    "field reads": """local bee = {id = "b1", name = "scout", a = 1, b = 2, c = 3, runs = 7, cost = 3}
local s = 0
for i = 1, 3000000 do s = s + bee.runs + bee.cost end
print(s)
""",
}


def language():
    """Loops, fields and calls: the same script in each language, start-up taken off."""
    print("language (start-up taken off)")
    ours_empty = processor_seconds([WAGGLE, "-c", "print 1"], 30)
    theirs_empty = processor_seconds([PYTHON, "-c", "print(1)"], 30)
    lua = shutil.which("lua5.4")
    lua_empty = processor_seconds([lua, "-e", "print(1)"], 30) if lua else 0
    for name, (goal, waggle, python) in LOOPS.items():
        slug = name.replace(" ", "-")
        ours = processor_seconds([WAGGLE, script(slug + ".waggle", waggle)], 9) - ours_empty
        theirs = processor_seconds([PYTHON, script(slug + ".py", python)], 5) - theirs_empty
        row(name, ours, theirs, "python", goal)
        if name in LUA and lua:
            theirs = processor_seconds([lua, script(slug + ".lua", LUA[name])], 9) - lua_empty
            row(name, ours, theirs, "lua", 1 / 1.5)
        elif name in LUA:
            print("     lua5.4 is not installed")


def pipeline():
    """A file of 100,000 records to one number, as whole processes."""
    record, = json.loads(page())["data"][:1]
    status = ["running", "stopped", "provisioning"]
    rows = [record | {"id": f"instance_{n}", "status": status[n % 3], "totalRunSeconds": n * 37}
            for n in range(100000)]
    data = script("rows.json", json.dumps(rows, separators=(",", ":")))
    print(f"where | map | sum over a file of 100,000 records, {os.path.getsize(data) >> 20} MB")
    waggle = script("pipe.waggle", f"print (read {data} | from json | where status == running"
                    " | map .totalRunSeconds * 2 | sum)\n")
    python = script("pipe.py", f"import json\nrows = json.load(open('{data}'))\nprint(sum(["
                    "r['totalRunSeconds'] * 2 for r in rows if r['status'] == 'running']))\n")
    query = '[.[] | select(.status == "running") | .totalRunSeconds * 2] | add'
    ours = seconds([WAGGLE, waggle], 5)
    row("the whole process", ours, seconds([PYTHON, python], 3), "python", 5)
    row("the whole process", ours, seconds([find("jq"), query, data], 3), "jq", 10)


def texts():
    """Checking and laying out a long script, start-up included."""
    print("a script of 2,000 lines")
    lines = "".join(
        f"let bees{n} = instances list --status stopped | where region == us-east-{n}\n"
        f"for bee in $bees{n} parallel 4 {{\n    start $bee\n"
        f"    wait $bee until status == running timeout 5m\n}}\n" for n in range(400))
    path = script("long.waggle", lines)
    row("waggle check", seconds([WAGGLE, "check", path], 20), 0.030, "limit", 1)
    row("waggle fmt --check", seconds([WAGGLE, "fmt", "--check", path], 20), 0.050, "limit", 1)


def rounds():
    """What a parallel loop costs over what its rounds sleep."""
    print("64 parallel rounds that sleep 100 ms (start-up taken off)")
    empty = seconds([WAGGLE, "-c", "print 1"], 30)
    took = seconds([WAGGLE, "-c", "for i in 1..64 parallel 64 { sleep 100ms }"], 10)
    row("over the sleep", took - empty - 0.1, 0.005, "limit", 1)


def fleet():
    """The main job with 500 instances on the virtual clock: one time, one output."""
    print("fleet-up, 500 instances, virtual clock (best of 20)")
    command = [WAGGLE, "--sandbox", "--instances", "500", "--clock", "virtual", "--quiet", RUNBOOK]
    outputs = {subprocess.run(command, capture_output=True).stdout for _ in range(20)}
    row("fleet-up", seconds(command, 20), 0.150, "limit", 1)
    print("     outputs of 20 runs:", "all the same" if len(outputs) == 1 else f"{len(outputs)} MISS")


def keys():
    """What a person at the prompt waits for."""
    print("keys (500 waits run, 20 times)")
    answered, taken = bench_keys.interrupts(WAGGLE)
    row("Ctrl-C is answered, the median", answered[len(answered) // 2], 0.010, "limit", 1)
    row("Ctrl-C to the prompt, the median", taken[len(taken) // 2], 0.010, "limit", 1)
    offered = bench_keys.completions(WAGGLE)
    row("Tab to its choices, the median", offered[len(offered) // 2], 0.100, "limit", 1)


def call():
    """One script with one call to a server on this machine."""
    print("call (one process, best of 100)")
    bee = json.loads(page())["data"][0]
    body = json.dumps({"success": True, "data": bee})
    with bench_http.Server(WORK, [body]) as server:
        ours = [WAGGLE, script("call.waggle", "print (instances get instance_0).name\n")]
        theirs = [find("curl"), "-sS", "-H", "Authorization: Bearer oag_" + "0" * 64,
                  server.address + "/api/v1/instances/instance_0"]
        row("one call", seconds(ours, 100), seconds(theirs, 100), "curl", 1)
        row("one call, processor", processor_seconds(ours, 50), processor_seconds(theirs, 50),
            "curl", 1)


def pages():
    """A fleet of 10,000 by pages of 200, filtered and printed."""
    print("pages (10,000 instances by 200, best of 10)")
    total = bench_http.PAGES * bench_http.ROWS
    bodies = [page(number, total) for number in range(bench_http.PAGES)]
    with bench_http.Server(WORK, bodies):
        ours = [WAGGLE, script("pages.waggle", bench_http.WAGGLE + "\n")]
        bash = [find("bash"), script("pages.sh", bench_http.BASH)]
        python = [bench_http.aiohttp_python(), script("pages.py", bench_http.PYTHON)]
        wanted, *others = (bench_http.rows(subprocess.check_output(command))
                           for command in (ours, bash, python))
        if not wanted or any(other != wanted for other in others):
            sys.exit("pages: the three do not print the same")
        mine = seconds(ours, 10)
        row("10,000 instances", mine, seconds(bash, 2), "bash+jq", 10)
        row("10,000 instances", mine, seconds(python, 10), "aiohttp", 2.5)
        row("10,000 instances, processor", processor_seconds(ours, 5),
            processor_seconds(python, 5), "aiohttp", 2.5)
        row("peak memory", peak_kilobytes(ours) / 1e3, 100, "limit", 1, "MB", 1)


def http():
    """2,000 single gets, the whole process: one after another, 32 at once, and far away."""
    print(f"http ({bench_http.GETS} gets, one process, best of 10)")
    bee = json.loads(page())["data"][0]
    body = json.dumps({"success": True, "data": bee})
    ours = [WAGGLE, "--quiet", script("gets.waggle", bench_http.ONE_BY_ONE)]
    many = [WAGGLE, "--quiet", script("many.waggle", bench_http.AT_ONCE)]
    python = [bench_http.aiohttp_python(), script("gets.py", bench_http.PYTHON_GETS)]
    config = os.path.join(WORK, "curl.txt")
    with bench_http.Server(WORK, [body]):
        one = bench_http.curl(find("curl"), config)
        row("one after another", seconds(ours, 10), seconds(one, 10), "curl", 1 / 1.3)
        taken = seconds(many, 10)
        row("32 at once", taken, seconds(python, 10), "aiohttp", 2)
        parallel = bench_http.curl(find("curl"), config, parallel=True)
        row("32 at once", taken, seconds(parallel, 10), "curl -Z", 1)
        row("32 at once, processor a call", processor_seconds(many, 10) / bench_http.GETS, 60e-6,
            "limit", 1, "us", 1e6)
    with bench_http.Server(WORK, [body], delay=0.02):
        floor = bench_http.GETS * 0.02 / bench_http.FLIGHT
        row("32 at once, 20 ms away", seconds(many, 5), floor, "floor", 1 / 1.1)
    door()


def processor_ticks(pid):
    """The processor time that a process has had so far, in ticks."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def door():
    """The processor time of the sandbox's door, whose answers take as long as real ones."""
    process = subprocess.Popen(
        [WAGGLE, "sandbox", "--port", "0", "--instances", "2000"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for _ in range(2):
            name, value = process.stdout.readline().split()[-1].split("=")
            os.environ[name] = value
        text = bench_http.AT_ONCE.replace("0..1999", "1..2000")
        many = [WAGGLE, "--quiet", script("door.waggle", text)]
        seconds(many)
        before = processor_ticks(process.pid)
        seconds(many, 2)
        taken = (processor_ticks(process.pid) - before) / os.sysconf("SC_CLK_TCK")
        row("a get of the sandbox's door, processor", taken / (2 * bench_http.GETS), 1 / 5000,
            "limit", 1, "us", 1e6)
    finally:
        process.kill()
        process.wait()


GROUPS = {
    "start": start, "json": read_json, "language": language, "pipeline": pipeline,
    "texts": texts, "rounds": rounds, "fleet": fleet, "keys": keys,
    "call": call, "pages": pages, "http": http, "wait": lambda: bench_wait.waits(WAGGLE),
}
for wanted in sys.argv[2:] or GROUPS:
    if wanted not in GROUPS:
        sys.exit(f"no group `{wanted}`; there are {', '.join(GROUPS)}")
    GROUPS[wanted]()
