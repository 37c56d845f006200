"""BeeOS's official client talks to the sandbox's agents: calls, tasks, conversations, webhooks."""
import http.server
import hashlib
import hmac
import json
import threading
import time
import unittest

import beeos_sdk
from beeos_sdk import exceptions

from sdk_test import FLEET, SandboxTest

SECRET = "a secret of some length"


class AgentsTest(SandboxTest):
    """What these tests share: the client's APIs, and an agent that can be reached."""

    def setUp(self):
        super().setUp()
        client = self.api.api_client
        self.agents = beeos_sdk.AgentsApi(client)
        self.tasks = beeos_sdk.TasksApi(client)
        self.talks = beeos_sdk.ConversationsApi(client)
        bee = next(bee for bee in self.all() if bee.connectivity == "online")
        self.agent = self.agents.list_agents(instance_id=bee.id).data[0].id

    def create(self, message, **more):
        request = beeos_sdk.CreateTaskRequest(message=message, **more)
        return self.tasks.create_task(self.agent, request).data.task_id

    def await_task(self, id, *states):
        """Reads a task until it is in a state; each read takes 80 ms, which is the pause."""
        deadline = time.monotonic() + 60
        while True:
            task = self.tasks.get_task(self.agent, id).data
            if task.status in states:
                return task
            self.assertLess(time.monotonic(), deadline, f"{id} should be {states}: {task}")

    def refused(self, call, *arguments, **named):
        """The status and code with which a call is refused."""
        with self.assertRaises(exceptions.ApiException) as caught:
            call(*arguments, **named)
        return caught.exception.status, json.loads(caught.exception.body)["error"]["code"]

    def test_agents(self):
        page = self.agents.list_agents(limit=5, offset=57)
        self.assertEqual((page.total, len(page.data)), (FLEET, 3))
        changed = self.agents.update_agent(
            self.agent, beeos_sdk.UpdateAgentRequest(visibility="public")).data
        self.assertEqual(changed.visibility, "public")
        self.assertEqual(self.refused(self.agents.delete_agent, self.agent), (409, "conflict"))

    def test_invoke(self):
        def ask(message, **more):
            request = beeos_sdk.InvokeAgentRequest(message=message, **more)
            return self.agents.invoke_agent(self.agent, request)

        answer = ask("[say well]").data
        self.assertEqual((answer.text, answer.is_error), ("well", False))
        self.assertTrue(ask("[fail]").data.is_error)
        for message, refusal in [
            ("[reject]", (409, "task_rejected")), ("[offline]", (503, "agent_offline")),
        ]:
            self.assertEqual(self.refused(ask, message), refusal)
        self.assertEqual(
            self.refused(ask, "[hang]", timeout_ms=200), (504, "service_timeout"))

    def test_tasks(self):
        id = self.create("[ask] [say done] plan")
        self.await_task(id, "input_required")
        self.tasks.continue_task(
            self.agent, id, continue_task_request=beeos_sdk.ContinueTaskRequest(input="swim"))
        self.assertEqual(self.await_task(id, "completed").result, "done")
        rows = self.tasks.list_task_messages(self.agent, id).data.messages
        self.assertEqual(
            [row.type for row in rows],
            ["chat_message", "agent.input_required", "user.continue", "agent_reply"])
        other = self.create("[hang]")
        open_ones = self.tasks.list_user_tasks(state="open").data.tasks
        self.assertEqual([task.task_id for task in open_ones], [other])
        self.assertEqual(self.tasks.cancel_task(self.agent, other).data.status, "canceled")

    def test_pages(self):
        ids = [self.create("[hang]") for _ in range(5)]
        found, since = [], None
        while since != "":
            page = self.tasks.list_agent_tasks(self.agent, limit=2, since=since).data
            found += [task.task_id for task in page.tasks]
            since = page.next_since or ""
        self.assertEqual(found, ids[::-1])

    def test_conversations(self):
        talk = self.talks.create_conversation(self.agent).data.conversation_id
        renamed = self.talks.rename_conversation(
            agent_id=self.agent, conv_id=talk, idempotency_key="key-1",
            rename_conversation_request=beeos_sdk.RenameConversationRequest(title="Monday")).data
        self.assertEqual(renamed.title, "Monday")
        sent = self.talks.send_conversation_message(
            self.agent, talk, beeos_sdk.SendMessageRequest(message="[say hi]")).data.message_id
        deadline = time.monotonic() + 60
        replies = []
        while not replies:
            self.assertLess(time.monotonic(), deadline)
            rows = self.talks.list_conversation_messages(self.agent, talk).data.messages
            replies = [row for row in rows if row.state == "completed" and row.in_reply_to == sent]
        self.assertEqual(replies[0].body, "hi")
        self.talks.delete_conversation(self.agent, talk)
        self.assertEqual(
            self.refused(
                self.talks.send_conversation_message, self.agent, talk,
                beeos_sdk.SendMessageRequest(message="x")), (409, "conflict"))

    def test_webhook(self):
        mailbox = Mailbox()
        self.addCleanup(mailbox.end)
        id = self.create("[slow 3s] x")
        hook = self.tasks.register_task_webhook(
            self.agent, id,
            beeos_sdk.RegisterTaskWebhookRequest(url=mailbox.url, secret=SECRET)).data
        self.assertTrue(hook.has_secret)
        self.assertTrue(mailbox.came.wait(60))
        headers, body = mailbox.letter
        parts = dict(part.split("=") for part in headers["X-BeeOS-Signature"].split(","))
        signed = hmac.new(
            SECRET.encode(), parts["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
        self.assertEqual(parts["v1"], signed)
        self.assertEqual(json.loads(body)["status"], "completed")


class Mailbox:
    """An address on this machine that takes one letter after another."""

    def __init__(self):
        self.came = threading.Event()
        self.letter = None
        mailbox = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                mailbox.letter = (self.headers, body)
                self.send_response(204)
                self.end_headers()
                mailbox.came.set()

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def end(self):
        self.server.shutdown()
        self.server.server_close()


if __name__ == "__main__":
    unittest.main()
