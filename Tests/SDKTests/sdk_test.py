"""BeeOS's official Python client drives `waggle sandbox`; scripts/check-sdk starts this.

Each test has a sandbox of its own, so that they know nothing of one another. What was written by
others against the same contract shows where the sandbox reads that contract differently than they.
"""
import json
import os
import signal
import subprocess
import time
import unittest

import beeos_sdk
from beeos_sdk import DeployInstanceRequest, exceptions

PROGRAM = os.environ["WAGGLE"]
FLEET = 60


class Sandbox:
    """A running `waggle sandbox` on a free port, with the address and key that it printed."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [PROGRAM, "sandbox", "--port", "0", "--seed", "7", *arguments],
            # A job in the background passes on that Ctrl-C is ignored, which a program keeps to.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        said = [self.process.stdout.readline().split("=", 1) for _ in range(2)]
        settings = {name: value.strip() for name, value in said}
        self.address = settings["export BEEOS_API_URL"]
        self.key = settings["export BEEOS_API_KEY"]

    def client(self, key):
        """The client's own API of instances, with a key; None sends none. Nothing is sent twice."""
        settings = beeos_sdk.Configuration(host=self.address, access_token=key, retries=0)
        return beeos_sdk.InstancesApi(beeos_sdk.ApiClient(settings))

    def end(self):
        """Interrupts it, as Ctrl-C does, and gives its exit status."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(timeout=20)
        self.process.stdout.close()
        return status


class SandboxTest(unittest.TestCase):
    """What all tests share: a sandbox, a client, and how a refusal is looked at."""

    arguments = ["--instances", str(FLEET)]

    def setUp(self):
        self.sandbox = Sandbox(*self.arguments)
        self.addCleanup(self.end)
        self.api = self.sandbox.client(self.sandbox.key)

    def end(self):
        self.assertEqual(self.sandbox.end(), 0, "an interrupted sandbox ends with status 0")

    def all(self):
        """The whole fleet in the order of the list."""
        return self.api.list_instances(page_size=200).data

    def one(self, status):
        """The first instance with a status."""
        return next(bee for bee in self.all() if bee.status == status)

    def deploy(self, **order):
        """Deploys and gives the new instance."""
        return self.api.deploy_instance(DeployInstanceRequest(**order)).data

    def await_instance(self, id, is_there, what):
        """Reads an instance until it is as wanted; each read takes 80 ms, which is the pause."""
        deadline = time.monotonic() + 60
        while True:
            bee = self.api.get_instance(id).data
            if is_there(bee):
                return bee
            self.assertLess(time.monotonic(), deadline, f"{id} should be {what}: {bee}")

    def await_status(self, id, status):
        return self.await_instance(id, lambda bee: bee.status == status, status)

    def refused(self, kind, status, code, call):
        """Asserts how the client tells of a refusal, and gives the error of its envelope."""
        with self.assertRaises(exceptions.ApiException) as caught:
            call()
        refusal = caught.exception
        self.assertIs(type(refusal), kind)
        self.assertEqual(refusal.status, status)
        self.assertIs(refusal.data.success, False)
        error = refusal.data.error
        self.assertEqual(error.code, code)
        self.assertTrue(error.message)
        self.assertEqual(error.request_id, refusal.headers["x-request-id"])
        return error


class Lists(SandboxTest):
    def test_without_arguments_gives_the_first_twenty_newest_first(self):
        page = self.api.list_instances()
        self.assertIs(page.success, True)
        self.assertEqual((len(page.data), page.total), (20, FLEET))
        made = [bee.created_at for bee in self.all()]
        self.assertEqual(made, sorted(made, reverse=True))

    def test_every_member_that_is_sent_is_one_that_the_client_knows(self):
        answer = self.api.list_instances_with_http_info(page_size=200)
        for sent, known in zip(json.loads(answer.raw_data)["data"], answer.data.data):
            self.assertEqual(set(sent), set(known.to_dict()))

    def test_each_filter_gives_what_it_names_and_counts_it(self):
        fleet = self.all()
        fields = {"status": "status", "provider_id": "provider_id", "cluster_id": "cluster_id",
                  "agent_framework": "agent_framework", "search": "name"}
        for parameter, field in fields.items():
            values = {getattr(bee, field) for bee in fleet} - {None}
            self.assertGreater(len(values), 1, f"the fleet should differ in {field}")
            for value in sorted(values):
                wanted = [bee.id for bee in fleet if value == getattr(bee, field)
                          or parameter == "search" and value in bee.name]
                page = self.api.list_instances(page_size=200, **{parameter: value})
                self.assertEqual([bee.id for bee in page.data], wanted, f"{parameter}={value}")
                self.assertEqual(page.total, len(wanted), f"{parameter}={value}")

    def test_filters_are_joined_with_and(self):
        page = self.api.list_instances(
            page_size=200, status="running", agent_framework="openclaw", search="SCOUT-1")
        wanted = [bee.id for bee in self.all() if bee.status == "running"
                  and bee.agent_framework == "openclaw" and "scout-1" in bee.name]
        self.assertEqual([bee.id for bee in page.data], wanted)
        self.assertTrue(0 < len(wanted) < FLEET)

    def test_a_filter_that_nothing_matches_gives_an_empty_page(self):
        for filter in [{"status": "terminated"}, {"search": "nö/&=?#+%"}, {"cluster_id": "none"}]:
            page = self.api.list_instances(**filter)
            self.assertEqual((page.data, page.total), ([], 0), str(filter))

    def test_pages_hold_every_instance_once_and_each_tells_the_total(self):
        for size in [1, 7, 20, FLEET]:
            pages = [self.api.list_instances(page=number, page_size=size)
                     for number in range(-(-FLEET // size))]
            self.assertEqual({page.total for page in pages}, {FLEET})
            self.assertTrue(all(len(page.data) == size for page in pages[:-1]))
            ids = [bee.id for page in pages for bee in page.data]
            self.assertEqual(ids, [bee.id for bee in self.all()], f"pages of {size}")

    def test_filtered_pages_count_what_passes_the_filter(self):
        wanted = [bee.id for bee in self.all() if bee.status == "stopped"]
        pages = [self.api.list_instances(page=number, page_size=10, status="stopped")
                 for number in range(-(-len(wanted) // 10))]
        self.assertEqual([bee.id for page in pages for bee in page.data], wanted)
        self.assertEqual({page.total for page in pages}, {len(wanted)})

    def test_a_page_behind_the_end_is_empty_and_tells_the_same_total(self):
        page = self.api.list_instances(page=99, page_size=20)
        self.assertEqual((page.data, page.total), ([], FLEET))


class Lifecycles(SandboxTest):
    def test_a_deployment_by_variant_takes_what_the_variant_brings_and_runs(self):
        made = self.deploy(
            name="Bücher \U0001F41D \"x\"\n", variant_id="courier-standard",
            preferred_region="ap-south-1", config={"size": "large", "apiKeys": {"a": "secret"}})
        self.assertEqual((made.status, made.desired_status), ("pending", "running"))
        self.assertEqual((made.name, made.region), ("Bücher \U0001F41D \"x\"\n", "ap-south-1"))
        self.assertEqual((made.agent_framework, made.provider_id), ("hermes", "apiary"))
        self.assertEqual(made.provider_config, {"size": "large"})
        self.assertEqual(self.all()[0].id, made.id)
        bee = self.await_status(made.id, "running")
        self.assertEqual((bee.connectivity, bee.desired_status), ("online", "running"))
        self.assertGreater(bee.started_at, bee.created_at)
        self.assertTrue(bee.endpoint)

    def test_a_deployment_by_framework_takes_what_was_ordered_and_gets_a_device(self):
        made = self.deploy(
            name="plain", agent_framework="langgraph", provider_id="beeos-cloud",
            model_primary="m-1", models=["m-1", "m-2"], system_prompt="Look after it.",
            mcp_servers={"a": {"url": "https://a.example"}}, cluster_id="hive-z", bridge_id="b-1")
        self.assertEqual((made.agent_framework, made.provider_id), ("langgraph", "beeos-cloud"))
        self.assertEqual((made.model_primary, made.models), ("m-1", ["m-1", "m-2"]))
        self.assertEqual((made.cluster_id, made.bridge_id), ("hive-z", "b-1"))
        self.assertEqual(made.system_prompt, "Look after it.")
        self.assertEqual(made.mcp_servers, {"a": {"url": "https://a.example"}})
        self.refused(exceptions.NotFoundException, 404, "agent_not_found",
                     lambda: self.api.get_device_info(made.id))
        self.await_status(made.id, "provisioning")
        self.assertEqual(self.api.get_device_info(made.id).data.os, made.os_type)

    def test_an_instance_that_is_read_alone_is_the_one_of_the_list(self):
        for listed in self.all()[:3]:
            read = self.api.get_instance(listed.id).data
            self.assertEqual((read.id, read.name), (listed.id, listed.name))
            self.assertEqual(read.status_entered_at, listed.status_entered_at)

    def test_a_stopped_instance_starts_and_starting_it_again_changes_nothing(self):
        id = self.one("stopped").id
        started = self.api.start_instance(id).data
        self.assertEqual((started.id, started.desired_status), (id, "running"))
        bee = self.await_status(id, "running")
        self.assertEqual(bee.connectivity, "online")
        self.assertEqual(self.api.start_instance(id).data.started_at, bee.started_at)

    def test_a_running_instance_stops_and_keeps_what_it_ran(self):
        bee = self.one("running")
        self.assertEqual(self.api.stop_instance(bee.id).data.desired_status, "stopped")
        halted = self.await_status(bee.id, "stopped")
        self.assertEqual(halted.connectivity, "offline")
        self.assertGreater(halted.stopped_at, halted.started_at)
        self.assertGreaterEqual(halted.total_run_seconds, bee.total_run_seconds)

    def test_a_restarted_instance_leaves_running_at_once_and_comes_back(self):
        bee = self.one("running")
        self.assertEqual(self.api.restart_instance(bee.id).data.status, "provisioning")
        self.assertGreater(self.await_status(bee.id, "running").started_at, bee.started_at)

    def test_a_destroyed_instance_terminates_and_takes_no_more_orders(self):
        id = self.one("running").id
        self.assertEqual(self.api.destroy_instance(id).data, "destroyed")
        self.assertEqual(self.api.get_instance(id).data.desired_status, "terminated")
        self.await_status(id, "terminated")
        for order in [self.api.start_instance, self.api.stop_instance, self.api.restart_instance,
                      self.api.destroy_instance]:
            error = self.refused(exceptions.ConflictException, 409, "conflict", lambda: order(id))
            self.assertEqual(error.type, "conflict_error")

    def test_a_device_is_told_of_whether_its_instance_runs_or_not(self):
        for bee in [self.one("running"), self.one("stopped")]:
            device = self.api.get_device_info(bee.id).data
            self.assertEqual(device.os, bee.os_type)
            self.assertGreater(device.width * device.height * device.density, 0)
            self.assertIn("screenshot", device.capabilities)


class Refusals(SandboxTest):
    arguments = ["--instances", "3"]

    def test_400_names_what_is_missing(self):
        error = self.refused(exceptions.BadRequestException, 400, "missing_param",
                             lambda: self.deploy(name="neither"))
        self.assertEqual((error.type, error.param), ("validation_error", "variantId"))

    def test_400_names_what_is_not_offered(self):
        variant, framework = {"variant_id": "scout-standard"}, {"agent_framework": "openclaw"}
        for order, param in [({"variant_id": "no-such"}, "variantId"),
                             ({"agent_framework": "no-such"}, "agentFramework"),
                             ({**framework, "provider_id": "no-such"}, "providerId"),
                             ({**variant, "preferred_region": "no-such"}, "preferredRegion")]:
            error = self.refused(exceptions.BadRequestException, 400, "invalid_param",
                                 lambda: self.deploy(name="x", **order))
            self.assertEqual(error.param, param)

    def test_401_is_said_without_a_key_and_with_a_wrong_one(self):
        for key, code in [(None, "unauthorized"), ("oag_" + "0" * 64, "invalid_token")]:
            error = self.refused(exceptions.UnauthorizedException, 401, code,
                                 self.sandbox.client(key).list_instances)
            self.assertEqual(error.type, "authentication_error")

    def test_404_is_said_of_an_id_that_nobody_has_by_every_operation(self):
        api = self.api
        for order in [api.get_instance, api.get_device_info, api.start_instance,
                      api.stop_instance, api.restart_instance, api.destroy_instance]:
            error = self.refused(exceptions.NotFoundException, 404, "agent_not_found",
                                 lambda: order("a/b c?d#é"))
            self.assertEqual(error.type, "not_found_error")

    def test_409_is_said_of_a_region_that_is_closed(self):
        order = {"name": "x", "variant_id": "scout-standard", "preferred_region": "us-west-2"}
        self.refused(exceptions.ConflictException, 409, "conflict", lambda: self.deploy(**order))
        self.assertEqual(self.api.list_instances().total, 3)

    def test_413_is_said_of_a_body_over_64_kib(self):
        # The client has no class of its own for this status.
        order = {"name": "x", "variant_id": "scout-standard", "config": {"x": "y" * 65_536}}
        self.refused(exceptions.ApiException, 413, "payload_too_large",
                     lambda: self.deploy(**order))
        order["config"] = {"x": "y" * 65_000}
        self.assertEqual(self.deploy(**order).name, "x")


class Faults(SandboxTest):
    arguments = ["--fault", "rate-limit=2/min"]

    def test_429_is_said_past_the_rate_with_the_time_to_wait(self):
        self.all()
        self.all()
        with self.assertRaises(exceptions.ApiException) as caught:
            self.all()
        self.assertEqual(caught.exception.status, 429)
        self.assertIn("retry-after", caught.exception.headers)
        error = self.refused(exceptions.ApiException, 429, "rate_limited", self.all)
        self.assertEqual(error.type, "rate_limit_error")


if __name__ == "__main__":
    unittest.main(verbosity=2)
