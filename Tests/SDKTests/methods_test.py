"""Every method of BeeOS's official client that stands for an operation, in one table of calls.

The table is made once with ids that exist, for the answers, and once more for each way in which a
call of any operation may be refused.
"""
import inspect
import json
import socket
import time
import unittest
import uuid

import beeos_sdk
import urllib3
from beeos_sdk import exceptions

from sdk_test import FLEET, SandboxTest

POINT = {"x": 9, "y": 9}
LINE = {"x1": 9, "y1": 90, "x2": 9, "y2": 10}
APIS = [beeos_sdk.AgentsApi, beeos_sdk.ComputerApi, beeos_sdk.ConversationsApi,
        beeos_sdk.DefaultApi, beeos_sdk.DeployApi, beeos_sdk.FilesApi, beeos_sdk.InstancesApi,
        beeos_sdk.MobileApi, beeos_sdk.TasksApi]

# What needs no id, so that no call of it can be about something that is not there.
FREE = {"list_providers", "list_deploy_regions", "list_deploy_models", "list_instances",
        "deploy_instance", "list_agents", "list_user_tasks", "presign_file_upload"}


def methods():
    """The names of the methods that stand for an operation, over all groups."""
    return {name for api in APIS for name, _ in inspect.getmembers(api, inspect.isfunction)
            if not name.startswith("_") and name + "_with_http_info" in dir(api)}


def of(type, **fields):
    """A request of the client's own type."""
    return getattr(beeos_sdk, type)(**fields)


def fleet_calls(ids):
    """Calls about instances and what is offered to make them of."""
    bee = [ids["bee"]]
    return {
        "list_providers": [], "list_deploy_regions": ["beeos-cloud"],
        "list_deploy_models": ["openclaw"], "list_instances": [0, 5, "running"],
        "deploy_instance": [of("DeployInstanceRequest", name="x", variant_id="scout-standard")],
        "get_instance": bee, "get_device_info": bee, "stop_instance": [ids["spare"]],
        "start_instance": [ids["spare"]], "restart_instance": [ids["spare"]],
        "destroy_instance": [ids["spare"]],
    }


def screen_calls(ids):
    """Calls that look at a screen, or do something to it."""
    bee, phone = ids["bee"], ids["phone"]
    tap, line = of("TapRequest", **POINT), LINE
    return {
        "get_computer_info": [bee], "computer_screenshot": [bee],
        "computer_click": [bee, of("ClickRequest", **POINT, button="right", count=2)],
        "computer_move": [bee, of("MoveRequest", **POINT)],
        "computer_scroll": [bee, of("ScrollRequest", direction="up", amount=2)],
        "computer_type": [bee, of("TypeRequest", text="ü")],
        "computer_key": [bee, of("KeyRequest", keys=["ctrl", "c"])],
        "get_mobile_info": [phone], "mobile_screenshot": [phone],
        "mobile_get_ui_tree": [phone, "bees", "xml"], "mobile_list_apps": [phone, True, False],
        "mobile_tap": [phone, tap], "mobile_double_tap": [phone, tap],
        "mobile_long_press": [phone, of("LongPressRequest", **POINT, duration_ms=20)],
        "mobile_swipe": [phone, of("SwipeRequest", **line, duration_ms=20)],
        "mobile_drag": [phone, of("DragRequest", **line)],
        "mobile_scroll": [phone, of("ScrollRequest", direction="down")],
        "mobile_type": [phone, of("TypeRequest", text="ü", submit=True)],
        "mobile_key": [phone, of("KeyRequest", keys=["KEYCODE_HOME"])],
        "mobile_press_button": [phone, of("PressButtonRequest", button="back")],
        "mobile_open_app": [phone, of("OpenAppRequest", app=ids["app"])],
    }


def task_calls(ids):
    """Calls about agents, what they are asked, and who is told of it."""
    agent, task, hook = ids["agent"], ids["task"], ids["hook"]
    url = "https://hooks.example/done"
    return {
        "list_agents": [ids["bee"]], "get_agent": [agent],
        "update_agent": [agent, of("UpdateAgentRequest", mcp_enabled=True)],
        "delete_agent": [agent],
        "invoke_agent": [agent, of("InvokeAgentRequest", message="hi", timeout_ms=20_000)],
        "create_task": [agent, of("CreateTaskRequest", message="hi", metadata={"a": "b"})],
        "list_user_tasks": [ids["agent"], ids["bee"], "all"], "list_agent_tasks": [agent, "all"],
        "get_task": [agent, task], "list_task_messages": [agent, task, 0, 9, True],
        "stream_task_events": [agent, task],
        "continue_task": [agent, ids["paused"], of("ContinueTaskRequest", input={"a": [1]})],
        "cancel_task": [agent, ids["endless"], of("CancelTaskRequest", reason="enough")],
        "register_task_webhook": [agent, task, of("RegisterTaskWebhookRequest", url=url)],
        "list_task_webhooks": [agent, task], "list_webhook_deliveries": [agent, task, hook, 5],
        "redeliver_webhook": [agent, task, hook, ids["delivery"]],
        "delete_task_webhook": [agent, task, hook],
        "get_file": [ids["file"]],
        "presign_file_upload": [
            of("PresignUploadRequest", filename="a.txt", content_type="text/plain")],
    }


def talk_calls(ids):
    """Calls about conversations."""
    talk = [ids["agent"], ids["talk"]]
    model, title = (of("SetConversationModelRequest", model_override_id="gpt-4o"),
                    of("RenameConversationRequest", title="Tuesday"))
    return {
        "create_conversation": [
            ids["agent"], "key-1", of("CreateConversationRequest", title="Monday")],
        "list_conversations": [ids["agent"], "open"], "get_conversation": talk,
        "rename_conversation": ["key-2", *talk, title],
        "send_conversation_message": [*talk, of("SendMessageRequest", message="hi")],
        "list_conversation_messages": talk,
        "cancel_conversation": [
            *talk, of("CancelConversationRequest", target_message_id=ids["message"])],
        "set_conversation_model": ["key-3", *talk, model],
        "clear_conversation": ["key-4", *talk], "delete_conversation": talk,
        "stream_conversation_events": talk,  # which end because it is closed now
    }


def runtime_calls(ids):
    """Calls about what an instance's runtime does."""
    bee, operation = ids["bee"], ids["operation"]
    method = of(
        "InvokeRuntimeMethodRequest", jsonrpc="2.0", id=1, method="agent/create", params={})
    return {
        "get_runtime_capabilities": [bee], "invoke_runtime_method": [bee, method],
        "list_runtime_operations": ["active", bee], "get_runtime_operation": [bee, operation],
        "cancel_runtime_operation": ["key-5", bee, operation],
        "stream_runtime_operation_events": [bee, operation],
        "create_terminal_session": [
            bee, of("CreateTerminalSessionRequest", platform_agent_id=ids["agent"])],
        "create_canvas_session": [
            bee, of("CreateCanvasSessionRequest", platform_agent_id=ids["agent"],
                    conversation_id=str(uuid.UUID(int=7)))],
    }


def calls(ids):
    """Every method with what it is given, in an order in which each finds what it is about."""
    return (fleet_calls(ids) | screen_calls(ids) | task_calls(ids) | talk_calls(ids)
            | runtime_calls(ids))


class MethodsTest(SandboxTest):
    """What these tests share: how a method is found by its name, and what there is to call it about."""

    def method(self, name, suffix="", client=None):
        api = next(api for api in APIS if hasattr(api, name))
        return getattr(api(client or self.api.api_client), name + suffix)

    def call(self, name, *arguments):
        return self.method(name)(*arguments)

    def refuses(self, kind, status, code, name, arguments, client=None):
        """Asserts that a method is refused. Where the client knows no error of this status for an
        operation, its body alone tells."""
        with self.assertRaises(exceptions.ApiException) as caught:
            self.method(name, client=client)(*arguments)
        self.assertIs(type(caught.exception), kind)
        self.assertEqual(caught.exception.status, status)
        error = json.loads(caught.exception.body)["error"]
        self.assertEqual(error["code"], code)
        self.assertEqual(error["request_id"], caught.exception.headers["x-request-id"])

    def until(self, read, is_there):
        """Reads until it is as wanted; each read takes 80 ms, which is the pause."""
        deadline = time.monotonic() + 60
        while True:
            found = read()
            if is_there(found):
                return found
            self.assertLess(time.monotonic(), deadline, f"still {found}")

    def some(self):
        """Ids of one of everything, with a history that every call can go on from."""
        bees = self.all()
        online = [bee for bee in bees if bee.connectivity == "online"]
        bee = next(bee.id for bee in online if bee.os_type == "linux")
        phone = next(bee.id for bee in online if bee.os_type == "android")
        spare = next(one.id for one in online if one.id not in (bee, phone))
        agent = self.call("list_agents", bee).data[0].id
        task, paused, endless = [self.create(agent, text) for text in ["x", "[ask]", "[hang]"]]
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
            hook = self.call("register_task_webhook", agent, task, of(
                "RegisterTaskWebhookRequest", url=url, token="t")).data.webhook_id
            rows = self.until(
                lambda: self.call("list_webhook_deliveries", agent, task, hook).data.deliveries,
                lambda rows: rows and rows[0].status == "failed")
        self.until(lambda: self.call("get_task", agent, paused).data.status,
                   lambda status: status == "input_required")
        talk = self.call("create_conversation", agent).data.conversation_id
        message = self.call("send_conversation_message", agent, talk, of(
            "SendMessageRequest", message="[hang]")).data.message_id
        method = of("InvokeRuntimeMethodRequest", jsonrpc="2.0", id=1, method="cron/list",
                    params={"outcome": "stuck"})
        answer = self.method("invoke_runtime_method", "_with_http_info")(bee, method)
        return {
            "bee": bee, "phone": phone, "spare": spare, "agent": agent, "task": task,
            "paused": paused, "endless": endless, "hook": hook, "delivery": rows[0].delivery_id,
            "talk": talk, "message": message, "file": self.file(),
            "app": self.call("mobile_list_apps", phone).data.apps[0].package_id,
            "operation": json.loads(answer.raw_data)["operationId"],
        }

    def create(self, agent, message, **more):
        request = of("CreateTaskRequest", message=message, **more)
        return self.call("create_task", agent, request).data.task_id

    def file(self):
        return self.call("presign_file_upload", of(
            "PresignUploadRequest", filename="a", content_type="text/plain")).data.file_id


class Answers(MethodsTest):
    def test_the_table_has_every_method_of_every_group(self):
        ids = dict.fromkeys(["bee", "phone", "spare", "agent", "task", "paused", "endless", "hook",
                             "delivery", "talk", "message", "file", "app", "operation"], "x")
        ids["agent"] = str(uuid.UUID(int=1))
        self.assertEqual(set(calls(ids)), methods())
        self.assertEqual(len(methods()), 71)

    def test_every_method_gets_an_answer_whose_members_the_client_knows(self):
        for name, arguments in calls(self.some()).items():
            with self.subTest(name):
                if name == "delete_agent":
                    self.refuses(
                        exceptions.ConflictException, 409, "conflict", name, arguments)
                    continue
                answer = self.method(name, "_with_http_info")(*arguments)
                self.assertIn(answer.status_code, [200, 201, 202, 204])
                if name.startswith("stream_"):
                    self.assertTrue(answer.raw_data.decode().endswith("\n\n"))
                elif answer.raw_data and hasattr(answer.data, "to_dict"):
                    self.knows(answer.data.to_dict(), json.loads(answer.raw_data))

    def knows(self, known, sent, place="answer"):
        """Asserts that nothing of what was sent is lost in the client's own types."""
        if isinstance(sent, dict):
            self.assertIsInstance(known, dict, place)
            for name, value in sent.items():
                self.assertIn(name, known, place)
                self.knows(known[name], value, f"{place}.{name}")
        elif isinstance(sent, list):
            self.assertEqual(len(known), len(sent), place)
            for index, pair in enumerate(zip(known, sent)):
                self.knows(*pair, f"{place}[{index}]")


class RefusedMethods(MethodsTest):
    def test_404_is_said_by_every_method_of_what_nobody_has(self):
        nobody = {"operation": str(uuid.UUID(int=3)), "agent": str(uuid.UUID(int=4))}
        names = ["bee", "phone", "spare", "task", "paused", "endless", "hook", "delivery", "talk",
                 "message", "file", "app"]
        for name, arguments in calls(dict.fromkeys(names, "nobody") | nobody).items():
            if name in FREE:
                continue
            with self.subTest(name):
                self.refuses(
                    exceptions.NotFoundException, 404, "agent_not_found", name, arguments)

    def test_401_is_said_by_every_method_to_a_key_that_nobody_has(self):
        stranger = self.sandbox.client("oag_" + "0" * 64).api_client
        for name, arguments in calls(self.some()).items():
            with self.subTest(name):
                self.refuses(exceptions.UnauthorizedException, 401, "invalid_token", name,
                             arguments, stranger)

    def test_what_others_own_is_not_there(self):
        for method in ["get_instance", "get_device_info", "stop_instance", "destroy_instance",
                       "computer_screenshot", "get_runtime_capabilities"]:
            with self.subTest(method):
                self.refuses(exceptions.NotFoundException, 404, "agent_not_found", method,
                             ["instance_9001"])
        self.assertNotIn("instance_9001", [bee.id for bee in self.all()])


class ForbiddenMethods(MethodsTest):
    arguments = ["--instances", "3", "--fault", "forbidden"]

    def test_what_others_own_can_be_forbidden_instead(self):
        for method in ["get_instance", "stop_instance", "computer_screenshot"]:
            with self.subTest(method):
                self.refuses(exceptions.ForbiddenException, 403, "forbidden", method,
                             ["instance_9001"])


class Keys(MethodsTest):
    def test_a_key_makes_a_repeat_the_same_call_and_another_payload_a_conflict(self):
        agent = self.some()["agent"]
        first = self.create(agent, "[hang] a", idempotency_key="k")
        self.assertEqual(self.create(agent, "[hang] a", idempotency_key="k"), first)
        other = of("CreateTaskRequest", message="[hang] b", idempotency_key="k")
        self.refuses(
            exceptions.ConflictException, 409, "conflict", "create_task", [agent, other])
        talks = [self.call("create_conversation", agent, "key").data.conversation_id
                 for _ in range(2)]
        self.assertEqual(talks[0], talks[1])


class Rates(MethodsTest):
    arguments = ["--instances", "20", "--fault", "rate-limit=1/h"]

    def test_429_is_said_by_each_operation_on_its_own(self):
        for name in ["list_providers", "list_agents", "list_user_tasks", "list_instances"]:
            with self.subTest(name):
                self.call(name)
                with self.assertRaises(exceptions.ApiException) as caught:
                    self.call(name)
                self.assertEqual(caught.exception.status, 429)
                self.assertIn("retry-after", caught.exception.headers)


class CutStreams(MethodsTest):
    arguments = ["--instances", str(FLEET), "--fault", "cut-stream=1"]

    def events(self, name, *arguments):
        """The events of a stream as far as it comes: their names and data."""
        answer = self.method(name, "_without_preload_content")(*arguments)
        text = b""
        try:
            for piece in answer.stream(1):
                text += piece
        except urllib3.exceptions.ProtocolError:
            pass
        blocks = [block.split("\n") for block in text.decode().split("\n\n")[:-1]]
        fields = [dict(line.split(": ", 1) for line in block) for block in blocks]
        return [(one.get("event"), json.loads(one["data"])) for one in fields]

    def test_a_stream_that_breaks_off_goes_on_behind_what_was_seen(self):
        bee = next(bee.id for bee in self.all() if bee.connectivity == "online")
        agent = self.call("list_agents", bee).data[0].id
        task = self.create(agent, "[say a text that comes in pieces]")
        seen, offset, opened, end = [], 0, 0, None
        while end is None:
            opened += 1
            self.assertLess(opened, 50)
            for name, data in self.events("stream_task_events", agent, task, offset):
                if name == "end":
                    end = data
                elif name == "message":
                    self.assertGreater(data["offset"], offset)
                    offset = data["offset"]
                    seen.append(data)
        self.assertGreater(opened, 1)
        self.assertEqual(end["reason"], "task_terminal")
        self.assertEqual((seen[-1]["state"], seen[-1]["body"]),
                         ("completed", "a text that comes in pieces"))

    def test_the_log_of_a_runtime_goes_on_behind_the_last_id(self):
        bee = next(bee.id for bee in self.all()
                   if bee.connectivity == "online" and bee.os_type == "linux")
        method = of("InvokeRuntimeMethodRequest", jsonrpc="2.0", id=1, method="cron/list", params={})
        answer = self.method("invoke_runtime_method", "_with_http_info")(bee, method)
        operation = json.loads(answer.raw_data)["operationId"]
        seen, opened = [], 0
        while not seen or seen[-1]["event"]["type"] != "runtime_rpc_response":
            opened += 1
            self.assertLess(opened, 50)
            last = seen[-1]["id"] if seen else None
            more = self.events("stream_runtime_operation_events", bee, operation, last)
            seen += [data for _, data in more]
        self.assertGreater(opened, 1)
        numbers = [int(one["event"]["sequence"]) for one in seen]
        self.assertEqual(numbers, sorted(set(numbers)))


class Facade(MethodsTest):
    def test_the_client_for_handsets_runs_watches_and_cancels(self):
        phone = next(bee.id for bee in self.all()
                     if bee.os_type == "android" and bee.connectivity == "online")
        agent = self.call("list_agents", phone).data[0].id
        with beeos_sdk.MobileClient(
            api_key=self.sandbox.key, agent_id=agent, instance_id=phone,
            base_url=self.sandbox.address, poll_interval=0,
        ) as client:
            self.assertTrue(client.wait_ready().data.online)
            self.assertEqual(client.run("[say done]", idempotency_key="k").data.result, "done")
            task = self.create(agent, "[hang]")
            watched = client.watch(task)
            self.assertIn(next(watched).data.status, ["queued", "running"])
            self.assertEqual(client.cancel(task, "enough").data.status, "canceled")
            self.assertEqual(list(watched)[-1].data.status, "canceled")


if __name__ == "__main__":
    unittest.main()
