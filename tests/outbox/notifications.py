"""Delivery status notifications as the widespread mail servers write them, about a mail that they took."""

from email import message_from_bytes

__all__ = ["exchange", "exim", "gmail", "postfix"]

POSTFIX = """\
Return-Path: <>
Received: by mx.example.org (Postfix)
\tid 4XyZ0t1RbVz9s; Wed, 25 Nov 2026 10:01:02 +0100 (CET)
Date: Wed, 25 Nov 2026 10:01:02 +0100 (CET)
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: maticar@example.org
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4XyZ0s5QzBz9r.1732525262/mx.example.org"
Content-Transfer-Encoding: 8bit
Message-Id: <4XyZ0t1RbVz9s@mx.example.org>

This is a MIME-encapsulated message.

--4XyZ0s5QzBz9r.1732525262/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

The mail system at host mx.example.org could not hand over your mail. More below.

<{recipient}>: host mail.example.net[192.0.2.7] said: {reply} (in reply to
    RCPT TO command)

--4XyZ0s5QzBz9r.1732525262/mx.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 4XyZ0s5QzBz9r
X-Postfix-Sender: rfc822; maticar@example.org
Arrival-Date: Wed, 25 Nov 2026 10:01:01 +0100 (CET)

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.net
Diagnostic-Code: smtp; {reply}

--4XyZ0s5QzBz9r.1732525262/mx.example.org
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers
Content-Transfer-Encoding: 8bit

{headers}
--4XyZ0s5QzBz9r.1732525262/mx.example.org--
"""

EXCHANGE = """\
From: Microsoft Outlook
\t<MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.net>
To: "maticar@example.org" <maticar@example.org>
Date: Wed, 25 Nov 2026 09:01:05 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="f3a1c0de-7b5e-4f0a-9d55-0a6c2b1d4e11"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: en-US
Message-ID: <7d0c9a3b@AM0PR0000.example.net>
In-Reply-To: {message_id}
References: {message_id}
Subject: Undeliverable: =?utf-8?q?Narud=C5=BEba?=
Auto-Submitted: auto-replied
MIME-Version: 1.0

--f3a1c0de-7b5e-4f0a-9d55-0a6c2b1d4e11
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="1d2c0f6e-inner"

--1d2c0f6e-inner
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Nobody has the address {recipient} at example.net any more.

--1d2c0f6e-inner
Content-Type: text/html; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

<html><body style=3D"color:#333;font-size:1em;"><p>Nobody has the address&nbsp;any more.</p></body></html>

--1d2c0f6e-inner--

--f3a1c0de-7b5e-4f0a-9d55-0a6c2b1d4e11
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0PR0000.example.net
Received-From-MTA: dns;mx.example.org
Arrival-Date: Wed, 25 Nov 2026 09:01:04 +0000

Final-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp;{reply}

--f3a1c0de-7b5e-4f0a-9d55-0a6c2b1d4e11
Content-Type: message/rfc822

{original}
--f3a1c0de-7b5e-4f0a-9d55-0a6c2b1d4e11--
"""

GMAIL = """\
Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: maticar@example.org
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: {message_id}
In-Reply-To: {message_id}
X-Failed-Recipients: {recipient}
Message-ID: <67443f8c.0a0220.1c2d3e.0001.GMR@mx.google.com>
Date: Wed, 25 Nov 2026 01:01:09 -0800 (PST)
MIME-Version: 1.0
Content-Type: multipart/report; boundary="0000000000001a2b3c0627b1c2d3"; report-type=delivery-status

--0000000000001a2b3c0627b1c2d3
Content-Type: multipart/related; boundary="0000000000001a2b500627b1c2d8"

--0000000000001a2b500627b1c2d8
Content-Type: text/plain; charset="UTF-8"

** {recipient} has no room for your mail. **

--0000000000001a2b500627b1c2d8
Content-Type: image/png; name="icon.png"
Content-Transfer-Encoding: base64
Content-ID: <icon.png>

iVBORw0KGgo=
--0000000000001a2b500627b1c2d8--
--0000000000001a2b3c0627b1c2d3
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; maticar@example.org
Arrival-Date: Wed, 25 Nov 2026 01:01:08 -0800 (PST)
X-Original-Message-ID: {message_id}

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {reply}
Last-Attempt-Date: Wed, 25 Nov 2026 01:01:09 -0800 (PST)

--0000000000001a2b3c0627b1c2d3
Content-Type: message/rfc822

{headers}
----- Message truncated -----

--0000000000001a2b3c0627b1c2d3--
"""

EXIM = """\
Return-path: <>
Received: from Debian-exim by mx.example.org with local (Exim 4.96)
\tid 1tFAbc-0001aB-2c; Wed, 25 Nov 2026 10:01:03 +0100
X-Failed-Recipients: {recipient}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.example.org>
To: maticar@example.org
References: {message_id}
Content-Type: multipart/report; report-type=delivery-status; boundary=1732525263-eximdsn-1804289383
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1tFAbc-0001aB-2c@mx.example.org>
Date: Wed, 25 Nov 2026 10:01:03 +0100

--1732525263-eximdsn-1804289383
Content-type: text/plain; charset=us-ascii

A mail of yours reached nobody:

  {recipient}
    {reply}

--1732525263-eximdsn-1804289383
Content-type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Action: {action}
Final-Recipient: rfc822;{recipient}
Status: 5.0.0
Remote-MTA: dns; mail.example.net
Diagnostic-Code: smtp; {reply}

--1732525263-eximdsn-1804289383
Content-type: message/rfc822

Return-path: <maticar@example.org>
{original}
--1732525263-eximdsn-1804289383--
"""


def _written(form: str, original: bytes, **facts: str) -> bytes:
    mail = message_from_bytes(original)
    text = original.decode("ascii", "surrogateescape").replace("\r\n", "\n")
    headers = text.partition("\n\n")[0] + "\n"
    facts = {"recipient": mail["To"], "message_id": mail["Message-ID"], "action": "failed"} | facts
    return form.format(original=text, headers=headers, **facts).encode("ascii", "surrogateescape")


def postfix(original: bytes, **facts: str) -> bytes:
    unknown = {"status": "5.1.1", "reply": "550 5.1.1 <somebody>: Recipient address rejected: User unknown"}
    return _written(POSTFIX, original, **unknown | facts)


def exchange(original: bytes, **facts: str) -> bytes:
    unknown = {"status": "5.4.1", "reply": "550 5.4.1 Recipient address rejected: Access denied."}
    return _written(EXCHANGE, original, **unknown | facts)


def gmail(original: bytes, **facts: str) -> bytes:
    full = {
        "status": "5.2.2",
        "reply": "552-5.2.2 The recipient's inbox is out of storage space.\n 552 5.2.2",
    }
    return _written(GMAIL, original, **full | facts)


def exim(original: bytes, **facts: str) -> bytes:
    spam = {"reply": "550 #5.7.1 This looks like spam"}
    return _written(EXIM, original, **spam | facts)
