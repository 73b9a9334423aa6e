#!/usr/bin/python3
"""A real mail server (aiosmtpd) for tests.

Prints "listening PORT", then each message that it took as one line of JSON: from, to, encrypted, user, subject, headers and text as Python's
own e-mail parser reads them, and raw. What it does not take depends on who it is for: refused@ 550, full@ 452, unwanted@ 554 after the
content; slow@ gets no answer for a minute; says-554-5.7.1@ gets that answer, says-554-@ one without a detailed code, long-550-5.1.1@ one of
two lines, and after-554-5.7.1@ gets it after the content. Ends with SIGTERM.
"""
import argparse
import asyncio
import email
import email.policy
import json
import signal
import ssl

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


def reply_named_in(box, how):
    """The answer that a mailbox is named after, or None."""
    if not box.startswith(how + "-"):
        return None
    code, detail = box[len(how) + 1:].split("-")
    words = f"{detail} Words about {box}@" if detail else "Words"
    return f"{code}-{words}\r\n{code} {words}" if how == "long" else f"{code} {words}"


class Taker:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("stranger@"):
            return "553 5.1.8 Sender not allowed"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        box = address.split("@")[0]
        if box == "refused":
            return "550 5.1.1 No such mailbox here"
        if box == "full":
            return "452 4.2.2 Mailbox full"
        named = reply_named_in(box, "says") or reply_named_in(box, "long")
        if named:
            return named
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        box = envelope.rcpt_tos[0].split("@")[0]
        if box == "slow":
            await asyncio.sleep(60)
        if box == "unwanted":
            return "554 5.7.1 Not wanted"
        if named := reply_named_in(box, "after"):
            return named
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        taken = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "encrypted": session.ssl is not None,
            "user": (session.auth_data or b"").decode(),
            "hello": session.host_name,
            "subject": message["subject"],
            "headers": {name.lower(): str(value) for name, value in message.items()},
            "text": message.get_content().replace("\r\n", "\n"),
            "raw": envelope.content.decode("latin-1"),
        }
        print(json.dumps(taken), flush=True)
        return "250 OK"


def check_password(user, password):
    def check(server, session, envelope, mechanism, data):
        known = isinstance(data, LoginPassword) and data.login.decode() == user and data.password.decode() == password
        return AuthResult(success=known, handled=False, auth_data=data.login if known else None)

    return check


async def serve(options):
    context = None
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.key)

    def talk():
        settings = {"hostname": "mail.test", "enable_SMTPUTF8": False}
        if context and not options.from_the_start:
            settings |= {"tls_context": context, "require_starttls": True}
        if options.user:
            settings |= {"authenticator": check_password(options.user, options.password), "auth_required": True}
        return SMTP(Taker(), **settings)

    loop = asyncio.get_running_loop()
    at_once = context if options.from_the_start else None
    server = await loop.create_server(talk, "127.0.0.1", options.port, ssl=at_once)
    print("listening", server.sockets[0].getsockname()[1], flush=True)
    ended = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    await ended.wait()


parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--certificate")
parser.add_argument("--key")
parser.add_argument("--from-the-start", action="store_true", help="TLS at once instead of STARTTLS")
parser.add_argument("--user")
parser.add_argument("--password")
asyncio.run(serve(parser.parse_args()))
