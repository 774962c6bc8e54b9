"""The sending half of Postmark on loopback, as far as django-anymail asks it, and what its webhook sends."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WEBHOOK_SECRET = "postmark:only-for-tests"
MESSAGE_ID = "0a129aee-e1cd-480d-b08d-4f48548ff48d"
ACCEPTED = {"ErrorCode": 0, "Message": "OK", "MessageID": MESSAGE_ID, "SubmittedAt": "2026-11-25T09:01:00Z"}
INACTIVE = {
    "ErrorCode": 406,
    "Message": "You tried to send to recipient(s) that have been marked as inactive. "
    "Found inactive addresses: amra@example.net. Inactive recipients are ones that have bounced.",
}


class Postmark(ThreadingHTTPServer):
    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.received: list[dict] = []
        self.status, self.answer = 200, ACCEPTED

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exc_info):
        self.shutdown()
        self.server_close()


class Answer(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append(json.loads(body))
        answer = json.dumps(self.server.answer).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        pass


def bounced(mail: dict, *, at: str, **facts) -> dict:
    """An event about a mail that Postmark received, in the fields of its documentation."""
    return {
        "RecordType": "Bounce",
        "MessageStream": "outbound",
        "ID": 4323372036854775807,
        "Type": "HardBounce",
        "TypeCode": 1,
        "Name": "Hard bounce",
        "Tag": "",
        "MessageID": MESSAGE_ID,
        "Metadata": mail["Metadata"],
        "ServerID": 23,
        "Description": "The server could not deliver: somebody unknown.",
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Email": mail["To"],
        "From": mail["From"],
        "BouncedAt": at,
        "DumpAvailable": True,
        "Inactive": True,
        "CanActivate": True,
        "Subject": mail["Subject"],
    } | facts


def delivered(mail: dict, *, at: str) -> dict:
    """The recipient's own mail server took it."""
    return {
        "RecordType": "Delivery",
        "MessageStream": "outbound",
        "MessageID": MESSAGE_ID,
        "Metadata": mail["Metadata"],
        "ServerID": 23,
        "Tag": "",
        "Recipient": mail["To"],
        "DeliveredAt": at,
        "Details": "smtp;250 2.0.0 OK",
    }


def authorization(secret: str = WEBHOOK_SECRET) -> str:
    return "Basic " + base64.b64encode(secret.encode()).decode()
