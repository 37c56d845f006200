"""BeeOS's official client over what the sandbox offers, its files, its screens and its runtimes."""
import json
import time
import unittest
import urllib.error
import urllib.request
import uuid
import zlib

import beeos_sdk
from beeos_sdk import exceptions

from sdk_test import SandboxTest


class DevicesTest(SandboxTest):
    """What these tests share: the client's APIs, and instances by what they run."""

    def setUp(self):
        super().setUp()
        client = self.api.api_client
        self.offers = beeos_sdk.DeployApi(client)
        self.files = beeos_sdk.FilesApi(client)
        self.computer = beeos_sdk.ComputerApi(client)
        self.mobile = beeos_sdk.MobileApi(client)
        self.runtime = beeos_sdk.DefaultApi(client)

    def running(self, system):
        return next(bee.id for bee in self.all()
                    if bee.os_type == system and bee.connectivity == "online")

    def transfer(self, method, address, body=None, **headers):
        request = urllib.request.Request(address, data=body, method=method, headers={
            name.replace("_", "-"): value for name, value in headers.items()})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read()


class Offers(DevicesTest):
    def test_what_is_listed_is_what_the_fleet_is_made_of(self):
        providers = {item.meta.id for item in self.offers.list_providers().data}
        regions = {item.id for item in self.offers.list_deploy_regions().data if item.available}
        models = {item.id for item in self.offers.list_deploy_models().data}
        for bee in self.all():
            self.assertIn(bee.provider_id, providers)
            self.assertIn(bee.region, regions)
            self.assertIn(bee.model_primary, models)

    def test_a_filter_that_finds_nothing_gives_an_empty_list(self):
        self.assertEqual(self.offers.list_deploy_regions(provider_id="nobody").data, [])
        self.assertEqual(self.offers.list_deploy_models(agent_framework="nothing").data, [])


class Files(DevicesTest):
    def test_bytes_go_up_once_and_come_down_again(self):
        body = bytes(range(256)) * 9000
        place = self.files.presign_file_upload(beeos_sdk.PresignUploadRequest(
            filename="all bytes", content_type="application/x-bytes")).data
        self.assertIsNone(self.files.get_file(place.file_id).data.size)
        self.transfer("PUT", place.upload_url, body, Content_Type="application/x-bytes")
        file = self.files.get_file(place.file_id).data
        self.assertEqual((file.size, file.content_type), (len(body), "application/x-bytes"))
        self.assertEqual(self.transfer("GET", file.download_url), body)
        with self.assertRaises(urllib.error.HTTPError) as caught:
            self.transfer("PUT", place.upload_url, b"again", Content_Type="application/x-bytes")
        self.assertEqual(caught.exception.code, 409)
        caught.exception.close()


class Screens(DevicesTest):
    def picture(self, shot):
        """The pixels of a screenshot, as zlib unpacks them."""
        data = self.transfer("GET", shot.url)
        self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
        size = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
        self.assertEqual(size, (shot.width, shot.height))
        start = data.index(b"IDAT")
        length = int.from_bytes(data[start - 4:start], "big")
        pixels = zlib.decompress(data[start + 4:start + 4 + length])
        self.assertEqual(len(pixels), (shot.width + 1) * shot.height)
        return pixels

    def test_what_is_done_to_a_computer_is_seen(self):
        id = self.running("linux")
        before = self.picture(self.computer.computer_screenshot(id).data)
        self.assertTrue(self.computer.computer_click(id, beeos_sdk.ClickRequest(x=9, y=9)).data.ok)
        self.computer.computer_move(id, beeos_sdk.MoveRequest(x=99, y=99))
        self.computer.computer_type(id, beeos_sdk.TypeRequest(text="hello", submit=True))
        self.computer.computer_key(id, beeos_sdk.KeyRequest(keys=["ctrl", "s"]))
        self.computer.computer_scroll(id, beeos_sdk.ScrollRequest(direction="down"))
        self.assertNotEqual(self.picture(self.computer.computer_screenshot(id).data), before)
        info = self.computer.get_computer_info(id).data
        self.assertEqual((info.online, info.os, info.screen_width), (True, "linux", 1920))

    def test_what_is_done_to_a_handset_is_seen(self):
        id = self.running("android")
        apps = self.mobile.mobile_list_apps(id).data.apps
        self.mobile.mobile_open_app(id, beeos_sdk.OpenAppRequest(app=apps[1].package_id))
        self.mobile.mobile_type(id, beeos_sdk.TypeRequest(text="bees & flowers"))
        tree = self.mobile.mobile_get_ui_tree(id).data
        self.assertTrue(tree.supported)
        self.assertIn('text="bees &amp; flowers"', tree.content)
        self.mobile.mobile_tap(id, beeos_sdk.TapRequest(x=1, y=1))
        self.mobile.mobile_double_tap(id, beeos_sdk.TapRequest(x=1, y=1))
        self.mobile.mobile_long_press(id, beeos_sdk.LongPressRequest(x=1, y=1, duration_ms=5))
        self.mobile.mobile_swipe(id, beeos_sdk.SwipeRequest(x1=9, y1=900, x2=9, y2=100))
        self.mobile.mobile_drag(id, beeos_sdk.DragRequest(x1=9, y1=900, x2=9, y2=100))
        self.mobile.mobile_scroll(id, beeos_sdk.ScrollRequest(direction="up"))
        self.mobile.mobile_key(id, beeos_sdk.KeyRequest(keys=["KEYCODE_ENTER"]))
        self.assertEqual(self.mobile.get_mobile_info(id).data.current_app, apps[1].package_id)
        self.mobile.mobile_press_button(id, beeos_sdk.PressButtonRequest(button="home"))
        self.assertIsNone(self.mobile.get_mobile_info(id).data.current_app)
        self.picture(self.mobile.mobile_screenshot(id).data)

    def test_what_makes_no_sense_is_refused(self):
        id = self.running("linux")
        off = beeos_sdk.ClickRequest(x=1920, y=0)
        error = self.refused(exceptions.BadRequestException, 400, "invalid_param",
                             lambda: self.computer.computer_click(id, off))
        self.assertEqual(error.param, "x")
        key = beeos_sdk.KeyRequest(keys=["hyper"])
        self.refused(exceptions.BadRequestException, 400, "action_unsupported",
                     lambda: self.computer.computer_key(id, key))
        self.refused(exceptions.NotFoundException, 404, "agent_not_found",
                     lambda: self.mobile.mobile_screenshot(id))
        away = next(bee.id for bee in self.all()
                    if bee.os_type == "linux" and bee.connectivity == "offline")
        self.refused(exceptions.ServiceException, 503, "device_offline",
                     lambda: self.computer.computer_screenshot(away))


class Runtimes(DevicesTest):
    def call(self, id, method, **params):
        request = beeos_sdk.InvokeRuntimeMethodRequest(
            jsonrpc="2.0", id=1, method=method, params=params)
        answer = self.runtime.invoke_runtime_method_with_http_info(id, request)
        return answer.status_code, json.loads(answer.raw_data), answer.headers

    def await_end(self, id, operation):
        deadline = time.monotonic() + 60
        while True:
            snapshot = self.runtime.get_runtime_operation(id, operation)
            if snapshot.terminal:
                return snapshot
            self.assertLess(time.monotonic(), deadline, f"{operation} should end: {snapshot}")

    def test_an_operation_is_listed_while_it_is_under_way_and_ends(self):
        id = self.running("linux")
        self.assertIn("skills/list", json.dumps(self.runtime.get_runtime_capabilities(id)))
        status, body, headers = self.call(id, "skills/list")
        self.assertEqual((status, headers["x-beeos-operation-id"]), (202, body["operationId"]))
        active = self.runtime.list_runtime_operations("active", id).operations
        self.assertEqual([str(operation.id) for operation in active], [body["operationId"]])
        end = self.await_end(id, body["operationId"])
        self.assertEqual((end.status, end.effect_state), ("succeeded", "committed"))
        self.assertEqual(self.runtime.list_runtime_operations("active", id).operations, [])

    def test_a_method_that_is_not_done_is_refused_by_200(self):
        status, body, _ = self.call(self.running("linux"), "agent/create")
        self.assertEqual((status, body["error"]["message"]), (200, "USE_AGENTS_API"))

    def test_an_operation_is_cancelled_once(self):
        id = self.running("linux")
        _, body, _ = self.call(id, "cron/list", outcome="stuck")
        operation = body["operationId"]
        accepted = self.runtime.cancel_runtime_operation("a", id, operation)
        self.assertEqual(accepted.status, "cancel_requested")
        self.assertEqual(self.await_end(id, operation).status, "cancelled")
        with self.assertRaises(exceptions.ConflictException) as caught:
            self.runtime.cancel_runtime_operation("b", id, operation)
        self.assertIn("OPERATION_NOT_CANCELLABLE", caught.exception.body)

    def test_every_outcome_is_one_that_the_client_can_read(self):
        id = self.running("linux")
        for outcome in ["failed", "cancelled", "expired", "outcome_unknown", "projection_blocked"]:
            _, body, _ = self.call(id, "cron/list", outcome=outcome)
            self.assertEqual(self.await_end(id, body["operationId"]).status, outcome)

    def test_the_log_is_an_event_stream_that_ends(self):
        id = self.running("linux")
        _, body, _ = self.call(id, "models/list")
        answer = self.runtime.stream_runtime_operation_events_without_preload_content(
            id, body["operationId"])
        text = answer.read().decode()
        self.assertEqual(text.count("\n\n"), 7)
        last = json.loads(text.rstrip().rsplit("data: ", 1)[1])
        self.assertEqual(last["event"]["type"], "runtime_rpc_response")
        known = beeos_sdk.RuntimeOperationEventEnvelope.from_dict(last)
        self.assertEqual(known.event.outcome, "succeeded")

    def test_sessions_come_with_a_ticket_each(self):
        id = self.running("linux")
        agent = beeos_sdk.AgentsApi(self.api.api_client).list_agents(instance_id=id).data[0].id
        terminal = self.runtime.create_terminal_session(
            id, beeos_sdk.CreateTerminalSessionRequest(platform_agent_id=agent))
        canvas = self.runtime.create_canvas_session(id, beeos_sdk.CreateCanvasSessionRequest(
            platform_agent_id=agent, conversation_id=str(uuid.UUID(int=7))))
        tickets = {terminal["ticket"], canvas["ticket"]}
        self.assertEqual([ticket.count(".") for ticket in tickets], [2, 2])


if __name__ == "__main__":
    unittest.main()
